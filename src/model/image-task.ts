/** Work on an image that goes on after its request was answered, and how it went. */
import type { ImageId, ProjectId, UserId } from './ids.ts'
import type { Json } from '../util/json.ts'

export const importMethods = ['glance-direct', 'web-download'] as const
export type ImportMethod = (typeof importMethods)[number]

/** `import` makes the image as well; it is the admins' older way. */
export const imageTaskTypes = ['api_image_import', 'import'] as const
export type ImageTaskType = (typeof imageTaskTypes)[number]

export const imageTaskStatuses = ['pending', 'processing', 'success', 'failure'] as const
export type ImageTaskStatus = (typeof imageTaskStatuses)[number]

export interface ImageTask {
  readonly id: string
  readonly type: ImageTaskType
  readonly status: ImageTaskStatus
  readonly imageId: ImageId
  readonly ownerProjectId: ProjectId
  readonly userId: UserId
  /** Of the request that began it. */
  readonly requestId: string
  /** As it was asked for; addresses in it may hold secrets, so it is for the owner's eyes. */
  readonly input: Readonly<Record<string, Json>>
  /** In words for the owner; empty while all is well. */
  readonly message: string
  /** How often a process began with it. */
  readonly attempts: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
  /** When it is forgotten; null before its last word. */
  readonly expiresAtMs: number | null
}

/** The one place where bytes are kept, by the name that clients give it in requests. */
export const imageStoreName = 'file'
