/** The bus of this process, and whether it carries. */
import type { Membership } from '../agent/membership.ts'
import type { Bus } from '../bus/bus.ts'
import { MemoryBus } from '../bus/memory-bus.ts'
import { openBusOfAgent, openSharedBus } from '../bus/shared-bus.ts'
import { ConfigError } from '../config/config-error.ts'
import type { AgentAccounts } from '../identity/agent-enrolment.ts'
import type { ProcessParts, ReadinessWord } from './parts.ts'

/** Accounts for agents are undefined where the bus lies within this process. */
export async function openControlBus(
  parts: ProcessParts,
): Promise<{ readonly bus: Bus; readonly accounts: AgentAccounts | undefined }> {
  const { config, log, metrics, teardown } = parts
  const { url } = config.bus
  if (url !== undefined) {
    const shared = await openSharedBus({ ...config.bus, url }, log, metrics?.bus)
    teardown.add(() => shared.bus.close())
    return shared
  }
  if (config.role !== 'all') {
    throw new ConfigError('bus.url', 'missing', 'must be given: roles in processes of their own need a shared bus')
  }
  const bus = new MemoryBus(log, metrics?.bus)
  teardown.add(() => bus.close())
  return { bus, accounts: undefined }
}

/** With the account that the agent was given. */
export async function openAgentBus(parts: ProcessParts, membership: Membership): Promise<Bus> {
  const { config, log, metrics, teardown } = parts
  const { tls, prefetch } = config.bus
  const renew = (): ReturnType<Membership['renewBusAccount']> => membership.renewBusAccount()
  const bus = await openBusOfAgent({ account: membership.bus, renew, tls, prefetch }, log, metrics?.bus)
  teardown.add(() => bus.close())
  return bus
}

export function busReadiness(bus: Bus): ReadinessWord {
  return { name: 'bus', ...bus.health() }
}
