/** The role agent in a process of its own: it joins a control plane by itself, and serves no API but its own health. */
import { readFile } from 'node:fs/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { Agent } from '../agent/agent.ts'
import { ControlClient } from '../agent/control-client.ts'
import type { DriverChoice } from '../agent/driver-set.ts'
import { Membership } from '../agent/membership.ts'
import { remoteConsoles } from '../agent/remote-consoles.ts'
import { remoteImages } from '../agent/remote-images.ts'
import { remoteUploads } from '../agent/remote-uploads.ts'
import type { Bus } from '../bus/bus.ts'
import { readSecret } from '../process/data-dir.ts'
import { openMetrics } from '../process/metrics-endpoint.ts'
import { roleEndpoint } from '../process/role-endpoint.ts'
import { agentHook } from '../process/test-hook.ts'
import { busReadiness, openAgentBus } from './open-bus.ts'
import type { ProcessParts, ReadinessWord } from './parts.ts'

export async function startAgentAlone(parts: ProcessParts, drivers: readonly DriverChoice[]): Promise<void> {
  const { config, log, http, dataDir, metrics, teardown, signal } = parts
  const shown = await openMetrics(config.metrics, metrics, undefined, log)
  teardown.add(() => shown.stop())
  const now: { bus?: Bus; agent?: Agent } = {}
  const joined = (): ReadinessWord => {
    const ok = now.agent?.joined === true
    return { name: 'agent', ok, message: ok ? 'joined' : 'not joined yet; its log says what it waits for' }
  }
  const readiness = async () => [joined(), ...(now.bus === undefined ? [] : [busReadiness(now.bus)])]
  http.serve(roleEndpoint({ readiness, readMetrics: shown.read }))

  if (config.controlCaFile !== undefined) {
    setDefaultCACertificates([...getCACertificates('default'), await readFile(config.controlCaFile, 'utf8')])
  }
  const client = new ControlClient(config.controlUrl ?? '')
  const membership = await Membership.open({
    client,
    log,
    stateDir: dataDir.agentDir,
    name: config.hostName,
    readSecret: () => readSecret(config.enrolmentSecretFile),
    signal,
  })
  const bus = await openAgentBus(parts, membership)
  now.bus = bus
  const images = remoteImages({ client, log, token: () => membership.token })
  const token = (): string => membership.token
  const agent = new Agent(
    {
      bus,
      log,
      images,
      uploads: remoteUploads({ client, token }),
      consoles: remoteConsoles({ url: config.controlUrl ?? '', token }),
      hook: agentHook(),
    },
    {
      agentId: membership.agentId,
      name: config.hostName,
      stateDir: dataDir.agentDir,
      drivers,
      drainMs: config.drainSeconds * 1000,
    },
  )
  now.agent = agent
  teardown.add(() => agent.stop())
  await Promise.race([agent.start(), aborted(signal)])
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
