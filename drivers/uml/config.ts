/** Configuration of the uml driver; the core validates it against the schema before the driver sees it (rule 12). */
import type { JsonSchema } from '../../src/driver/driver.ts'
import type { JsonObject } from '../../src/util/json.ts'
import type { NativeFault } from './native-calls.ts'
import { imageCacheDefaults, imageCacheSchema, type ImageCacheConfig } from '../local/prune-images.ts'

export interface UmlConfig {
  /** The kernel of all guests: a program. */
  readonly kernel: string
  /** As root, each guest runs as a user of its own: this number and those after it. All else that runs as one is killed. */
  readonly firstUid?: number
  /** Guests' memory is a file in here: a file system in memory, large enough for all of them, without `noexec`. */
  readonly memoryDir: string
  /** How long, at most, a soft power-off or reset waits before it becomes a hard one, whatever the core would grant. */
  readonly graceMs: number
  readonly imageCache: ImageCacheConfig
  /** For tests only. */
  readonly fault?: NativeFault
}

export const umlConfigSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    kernel: { type: 'string', minLength: 1, default: 'linux.uml', description: "the guests' kernel: a program" },
    firstUid: {
      type: 'integer',
      minimum: 1000,
      maximum: 4_000_000_000,
      description:
        'as root, guests run as this user number and those after it, each as its own; no other driver on the machine may have them. Without it a thousand between 1800000000 and 1899999999, by the id of the node',
    },
    memoryDir: {
      type: 'string',
      minLength: 1,
      default: '/dev/shm',
      description: "folder for guests' memory: a file system in memory, large enough for all of them",
    },
    graceMs: {
      type: 'integer',
      minimum: 0,
      default: 60000,
      description: 'most milliseconds that a soft power-off waits before it becomes a hard one',
    },
    imageCache: imageCacheSchema,
    fault: {
      type: 'object',
      additionalProperties: false,
      required: ['dieAfterNativeCall', 'victim'],
      properties: { dieAfterNativeCall: { type: 'integer', minimum: 1 }, victim: { enum: ['service', 'answer'] } },
    },
  },
}

const defaults = { kernel: 'linux.uml', memoryDir: '/dev/shm', graceMs: 60_000 } as const

/** @param config valid against `umlConfigSchema` */
export function readUmlConfig(config: JsonObject): UmlConfig {
  const given = config as unknown as Partial<UmlConfig>
  return { ...defaults, ...given, imageCache: { ...imageCacheDefaults, ...given.imageCache } }
}
