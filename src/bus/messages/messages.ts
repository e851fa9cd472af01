/**
 * Every message that may travel on the bus. `type` and `version` come first in each; a change of shape that an older
 * reader cannot bear raises the version. The schemas in `schemas.ts` are what a reader trusts.
 */
import type { Json } from '../../util/json.ts'
import type { AgentCall } from './agent-call.ts'

/** To an agent: do this, once, under this key. */
export interface AgentCommand {
  readonly type: 'agent-command'
  readonly version: 1
  readonly key: string
  readonly operationId: string
  readonly requestId: string
  readonly call: AgentCall
}

/** To an agent: stop the call with this key. */
export interface AgentCancel {
  readonly type: 'agent-cancel'
  readonly version: 1
  readonly key: string
}

/** To an agent that said hello: who it is now, and what it should find on its hosts. */
export interface AgentWelcome {
  readonly type: 'agent-welcome'
  readonly version: 1
  /** Of the hello that this answers: a welcome of an earlier start that comes late is not for this one. */
  readonly startId: string
  readonly incarnation: number
  readonly vms: readonly { readonly instanceId: string; readonly hostId: string; readonly handle: Json }[]
}

/** To an agent whose incarnation is not the one on record: it must say hello again. */
export interface AgentUnknown {
  readonly type: 'agent-unknown'
  readonly version: 1
  readonly incarnation: number
}

/** From an agent that starts; repeated until it is welcomed. */
export interface AgentHello {
  readonly type: 'agent-hello'
  readonly version: 1
  readonly agentId: string
  readonly name: string
  /** Tells two starts apart, so that a repeated hello is answered with the same incarnation. */
  readonly startId: string
  readonly hosts: readonly HostReport[]
}

export interface HostReport {
  readonly id: string
  readonly driverId: string
  readonly name: string
  readonly hypervisorType: string
  readonly hypervisorVersion: string
  readonly healthy: boolean
  readonly healthMessage: string
  readonly vcpus: number
  readonly memoryMb: number
  readonly diskGb: number
  readonly traits: readonly string[]
  readonly capabilities: { readonly [name: string]: Json }
}

export interface VmReport {
  readonly instanceId: string
  readonly hostId: string
  readonly power: 'unknown' | 'on' | 'off' | 'paused' | 'suspended' | 'crashed' | 'missing'
  readonly handle: Json
  /** Raised by the agent at every change it sees. */
  readonly generation: number
}

/** From an agent, at intervals and on change: everything it knows, or only what changed when `full` is false. */
export interface AgentReport {
  readonly type: 'agent-report'
  readonly version: 1
  readonly agentId: string
  readonly incarnation: number
  /** Raised with every report, above all of earlier incarnations: an older description of a host changes nothing. */
  readonly generation: number
  readonly full: boolean
  readonly hosts: readonly HostReport[]
  readonly vms: readonly VmReport[]
  /** Keys of the calls it is working on. */
  readonly running: readonly string[]
  /** How the calls of the last moments ended, in a full report: repairs answers that were lost on their own way. */
  readonly answers: readonly CommandAnswer[]
}

/** From an agent that leaves in good order. */
export interface AgentGoodbye {
  readonly type: 'agent-goodbye'
  readonly version: 1
  readonly agentId: string
  readonly incarnation: number
}

export interface CommandProgress {
  readonly type: 'command-progress'
  readonly version: 1
  readonly key: string
  readonly phase: string
  readonly doneBytes?: number
  readonly totalBytes?: number
}

export interface CommandError {
  readonly code: string
  readonly retry: 'never' | 'now' | 'later' | 'elsewhere'
  readonly effect: 'none' | 'partial' | 'unknown'
  readonly publicMessage: string
  readonly native?: string
}

export type CommandOutcome =
  | { readonly ok: true; readonly value: Json; readonly vm?: VmReport }
  | { readonly ok: false; readonly error: CommandError; readonly vm?: VmReport }

export interface CommandAnswer {
  readonly key: string
  readonly outcome: CommandOutcome
}

/** From an agent: how the call with this key ended. */
export interface CommandResult extends CommandAnswer {
  readonly type: 'command-result'
  readonly version: 1
  readonly agentId: string
}

/** To the conductors: there is work; look in the database. */
export interface OperationPending {
  readonly type: 'operation-pending'
  readonly version: 1
  readonly operationId: string
}

/** Among conductors: the answer to the call with this key is in the database; whoever waits for it may look. */
export interface CommandAnswered {
  readonly type: 'command-answered'
  readonly version: 1
  readonly key: string
}

/** To all conductors: somebody asked for this operation's end; the request itself stands in the database. */
export interface OperationCancel {
  readonly type: 'operation-cancel'
  readonly version: 1
  readonly operationId: string
}

export type BusMessage =
  | AgentCommand
  | AgentCancel
  | AgentWelcome
  | AgentUnknown
  | AgentHello
  | AgentReport
  | AgentGoodbye
  | CommandProgress
  | CommandResult
  | OperationPending
  | CommandAnswered
  | OperationCancel
