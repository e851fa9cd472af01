/** What an agent can be asked to do with one VM: the driver contract's calls, as data. */
import type { PowerWant } from '../../driver/driver.ts'
import type { Json } from '../../util/json.ts'
import type { RescueImage, VmSpec } from '../../driver/vm-spec.ts'
import type { ConsoleKind } from '../../model/console.ts'

export type AgentCall =
  | {
      readonly method: 'ensure-present' | 'resize' | 'unrescue' | 'prepare-migration'
      readonly hostId: string
      readonly spec: VmSpec
    }
  | { readonly method: 'rescue'; readonly hostId: string; readonly spec: VmSpec; readonly image: RescueImage }
  | { readonly method: 'ensure-absent'; readonly hostId: string; readonly instanceId: string }
  | {
      readonly method: 'set-power'
      readonly hostId: string
      readonly instanceId: string
      readonly want: PowerWant
      readonly graceMs?: number
    }
  | { readonly method: 'get' | 'read-stats'; readonly hostId: string; readonly instanceId: string }
  | {
      readonly method: 'pause' | 'unpause' | 'suspend' | 'resume'
      readonly hostId: string
      readonly instanceId: string
    }
  | {
      readonly method: 'set-admin-password'
      readonly hostId: string
      readonly instanceId: string
      readonly adminPassword: string
    }
  /** Makes a throw-away VM with that id, sees it run, and removes it. */
  | { readonly method: 'smoke-test'; readonly hostId: string; readonly instanceId: string }
  /** Makes an image of one disk and sends it to the control plane, whose record of it waits for it. */
  | {
      readonly method: 'snapshot'
      readonly hostId: string
      readonly instanceId: string
      readonly diskId: string
      readonly imageId: string
    }
  /** Sends the guest to where the destination prepared room for it. */
  | { readonly method: 'migrate'; readonly hostId: string; readonly instanceId: string; readonly destination: Json }
  | { readonly method: 'complete-migration'; readonly hostId: string; readonly instanceId: string }
  /** Brings the console's stream to the API, where somebody waits for it under the key. */
  | {
      readonly method: 'open-console'
      readonly hostId: string
      readonly instanceId: string
      readonly kind: ConsoleKind
      readonly key: string
      /** The API's own address, where that is not the one that the agent knows. */
      readonly relayUrl?: string
    }
  | { readonly method: 'read-console'; readonly hostId: string; readonly instanceId: string; readonly maxBytes: number }
  | { readonly method: 'take-screenshot'; readonly hostId: string; readonly instanceId: string }

export type AgentMethod = AgentCall['method']

/** Every method; the schema of messages and the tests enumerate it. */
export const agentMethods = [
  'ensure-present',
  'ensure-absent',
  'set-power',
  'get',
  'pause',
  'unpause',
  'suspend',
  'resume',
  'resize',
  'rescue',
  'unrescue',
  'set-admin-password',
  'snapshot',
  'prepare-migration',
  'migrate',
  'complete-migration',
  'smoke-test',
  'read-console',
  'take-screenshot',
  'read-stats',
  'open-console',
] as const satisfies readonly AgentMethod[]

/** Those that only ask: they change nothing, and wait for nothing that is under way with their VM. */
const questions: readonly AgentMethod[] = [
  'get',
  'read-console',
  'take-screenshot',
  'read-stats',
  'open-console',
  'complete-migration',
]

export function isQuestion(call: AgentCall): boolean {
  return questions.includes(call.method)
}

export function instanceIdOf(call: AgentCall): string {
  return 'spec' in call ? call.spec.instanceId : call.instanceId
}
