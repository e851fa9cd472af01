/** Metadata definitions: what keys mean that people put on images, flavors and servers. Kept and shown; nothing is checked by them. */
import type { JsonObject } from '../util/json.ts'
import type { ProjectId } from './ids.ts'

export interface MetadefNamespace {
  readonly id: string
  readonly name: string
  readonly displayName: string | null
  readonly description: string | null
  readonly visibility: 'public' | 'private'
  readonly isProtected: boolean
  readonly ownerProjectId: ProjectId
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** What a namespace holds. `resource-type`: what it is for. */
export const metadefKinds = ['object', 'property', 'tag', 'resource-type'] as const
export type MetadefKind = (typeof metadefKinds)[number]

export interface MetadefItem {
  readonly name: string
  /** Everything besides the name. */
  readonly body: JsonObject
  readonly createdAtMs: number
  readonly updatedAtMs: number
}
