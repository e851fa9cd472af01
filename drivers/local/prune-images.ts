/** Removes, now and then, the images that no guest on this host has stood on for a while. */
import type { Logger } from '../../src/util/logger.ts'
import type { JsonSchema } from '../../src/driver/driver.ts'
import type { Removed } from './disposable-files.ts'

export interface ImageCacheConfig {
  /** For how long nobody must have needed an image before it is removed; null: none is. */
  readonly unusedSeconds: number | null
}

/** In a driver's configuration: `imageCache`. */
export const imageCacheSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    unusedSeconds: {
      // Less might take away what a guest that is being made is about to stand on.
      anyOf: [{ type: 'integer', minimum: 3600 }, { type: 'null' }],
      default: 86400,
      description: 'an image that no guest has needed for so long is removed from the host; null: none is',
    },
  },
}

export const imageCacheDefaults: ImageCacheConfig = { unusedSeconds: 86_400 }

const firstMs = 60_000
const everyMs = 40 * 60_000

/** @param remove does it for what has been unused for so many milliseconds @returns what ends it */
export function pruneImages(
  { unusedSeconds }: ImageCacheConfig,
  log: Logger,
  remove: (unusedMs: number) => Promise<readonly Removed[]>,
): () => void {
  if (unusedSeconds === null) return () => undefined
  let timer: NodeJS.Timeout
  const prune = async (): Promise<void> => {
    try {
      const removed = await remove(unusedSeconds * 1000)
      const files = removed.reduce((sum, each) => sum + each.files, 0)
      const bytes = removed.reduce((sum, each) => sum + each.bytes, 0)
      if (files > 0) log.info({ files, bytes }, 'images that no guest needed any more were removed from the cache')
    } catch (error) {
      log.warn({ error }, 'could not look for images that no guest needs; all of them stay')
    }
    plan(everyMs)
  }
  let isEnded = false
  const plan = (ms: number): void => {
    if (!isEnded) timer = setTimeout(() => void prune(), ms).unref()
  }
  plan(firstMs)
  return () => {
    isEnded = true
    clearTimeout(timer)
  }
}
