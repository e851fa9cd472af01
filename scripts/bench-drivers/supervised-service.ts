/** The service as a supervisor starts it: it leads a session of its own, and may go before other work. It ends with this process. */
import { asInRealUse, startService, type SpawnedService, type StartOptions } from '../../test/support/start-service.ts'

export async function startSupervised(options: StartOptions): Promise<SpawnedService> {
  const environment = { ...asInRealUse, ...options.environment }
  const service = await startService({ ...options, environment, detached: true })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  const endWithUs = (): boolean => process.kill(service.pid)
  process.once('exit', endWithUs)
  const stop = async (): Promise<number | null> => {
    process.off('exit', endWithUs)
    return await service.stop()
  }
  return { ...service, stop }
}
