/** What tasks on images there are: those of an image for its owner, all of them for admins. */
import { badRequest, notFound } from '../model/errors.ts'
import { isUuid } from '../model/ids.ts'
import type { ImageTask, ImageTaskStatus, ImageTaskType } from '../model/image-task.ts'
import type { Db } from '../store/database.ts'
import * as rows from '../store/image-tasks.ts'
import { defaultPageSize, maxPageSize, type ImageCaller } from './image-requests.ts'
import type { ImageService } from './image-service.ts'

export interface ImageTaskListRequest {
  readonly type?: ImageTaskType | undefined
  readonly status?: ImageTaskStatus | undefined
  readonly descending: boolean
  /** 25 when left out, at most 1000. */
  readonly limit?: number | undefined
  /** The id of the last task of the page before. */
  readonly marker?: string | undefined
}

export class ImageTasks {
  readonly #db: Db
  readonly #images: Pick<ImageService, 'changeable'>

  constructor(db: Db, images: Pick<ImageService, 'changeable'>) {
    this.#db = db
    this.#images = images
  }

  /** Oldest first. @throws PolyvisorError not-found, forbidden: tasks hold what their owner asked for */
  async ofImage(imageId: string, caller: ImageCaller): Promise<readonly ImageTask[]> {
    const image = await this.#images.changeable(imageId, caller)
    return rows.listTasksOfImage(this.#db, image.id)
  }

  /** @returns a page, and whether there is more. @throws PolyvisorError invalid-marker */
  async list(request: ImageTaskListRequest): Promise<{ tasks: readonly ImageTask[]; hasMore: boolean }> {
    const limit = Math.min(request.limit ?? defaultPageSize, maxPageSize)
    if (limit === 0) return { tasks: [], hasMore: false }
    const marker = request.marker === undefined ? undefined : await this.#marker(request.marker)
    const found = await rows.listImageTasks(this.#db, { ...request, limit: limit + 1, marker })
    return { tasks: found.slice(0, limit), hasMore: found.length > limit }
  }

  /** @throws PolyvisorError not-found */
  async get(id: string): Promise<ImageTask> {
    const task = isUuid(id) ? await rows.findImageTask(this.#db, id) : undefined
    if (task === undefined) throw notFound('task', id)
    return task
  }

  async #marker(id: string): Promise<ImageTask> {
    const task = isUuid(id) ? await rows.findImageTask(this.#db, id) : undefined
    if (task !== undefined) return task
    throw badRequest('invalid-marker', 'The marker is not the id of a task. Use the last id of the page before.')
  }
}
