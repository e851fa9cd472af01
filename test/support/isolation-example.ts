/** What the isolation walk sends to one operation, and who is told what, where that does not follow from its policy. */
export interface Example {
  readonly body?: unknown
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  /** The highest that the operation knows, when left out. */
  readonly microversion?: string
  /** What people of another project are told. */
  readonly outsider?: number
  /** What a reader of the victim's project is told. */
  readonly reader?: number
  /** What the victim's owner is told: readings must come back well unless this says otherwise. */
  readonly owner?: number
  /** What everybody is told where no token is needed. */
  readonly anybody?: number
  readonly admin?: number
}
