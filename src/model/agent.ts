/** An agent as operators see it, and what it is given when it enrols. */
import type { AgentId, HostId } from './ids.ts'

export interface Agent {
  readonly id: AgentId
  readonly name: string
  /** It came by itself, with an enrolment secret, from a process of its own. */
  readonly isEnrolled: boolean
  readonly lastSeenAtMs: number
  readonly createdAtMs: number
  readonly hosts: readonly { readonly id: HostId; readonly name: string; readonly up: boolean }[]
}

/** How an agent reaches the bus: good for its own queue and its own topics, and for nothing else. */
export interface BusAccount {
  /** `amqp://host:port/vhost` or `amqps://…`, without credentials. */
  readonly url: string
  readonly username: string
  readonly password: string
}
