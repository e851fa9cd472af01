/** `polyvisor host doctor`: what drivers need of this machine, in the words of virt-host-validate. */
import type { HostCheck } from '../driver/host-check.ts'
import { ConfigError } from '../config/config-error.ts'
import type { Config } from '../config/config.ts'
import { CliError, exitCodes } from './cli-error.ts'

/** Given by bin, because it loads drivers. */
export type ValidateHost = (config: Config) => AsyncIterable<{
  readonly driverId: string
  readonly checks: AsyncIterable<HostCheck>
}>

const verdicts = { ok: 'PASS', warning: 'WARN', failed: 'FAIL' } as const
const columns = 60

/** @throws CliError when a driver could not work here, once everything is printed */
export async function printHostChecks(
  validateHost: ValidateHost,
  config: Config,
  options: { readonly json: boolean },
): Promise<void> {
  const drivers: { driver: string; ok: boolean; checks: readonly HostCheck[] }[] = []
  try {
    for await (const { driverId, checks } of validateHost(config)) {
      const seen: HostCheck[] = []
      for await (const check of checks) {
        seen.push(check)
        if (!options.json) console.log(lineOf(driverId, check))
      }
      if (!options.json && seen.length === 0) console.log(`${labelOf(driverId)}: has no checks of its own`)
      drivers.push({ driver: driverId, ok: seen.every(({ outcome }) => outcome !== 'failed'), checks: seen })
    }
  } catch (error) {
    if (error instanceof ConfigError) throw new CliError(exitCodes.usage, error.message, { cause: error })
    throw error
  }
  if (options.json) console.log(JSON.stringify({ drivers }, null, 2))
  const unfit = drivers.filter(({ ok }) => !ok).map(({ driver }) => driver)
  if (unfit.length > 0) {
    const what = options.json ? 'the checks that failed' : 'the lines with FAIL'
    throw new CliError(exitCodes.failed, `this host cannot run guests of ${unfit.join(', ')} yet; see ${what}`)
  }
}

function lineOf(driverId: string, { name, outcome, message, remedy }: HostCheck): string {
  const words = remedy === undefined ? message : `${message}; ${remedy}`
  return `${labelOf(driverId)}: Checking ${name.padEnd(columns)} : ${verdicts[outcome]} (${words})`
}

function labelOf(driverId: string): string {
  return driverId.toUpperCase().padStart(6)
}
