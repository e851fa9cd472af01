/** The core's end of one call, as the kit plays it: records what the driver says and decides what it hears. */
import { randomUUID } from 'node:crypto'
import type { Control, ImageSource } from '../../src/driver/index.ts'
import type { Json } from '../../src/util/json.ts'
import { silentLogger } from '../../src/util/logger.ts'

export type Progress = Parameters<Control['progress']>[0]

export interface ControlOptions {
  readonly signal?: AbortSignal
  readonly resume?: Json
  readonly images?: ImageSource
  /** Called before the checkpoint counts as stored, with its number from 0; what it returns is awaited. */
  readonly onCheckpoint?: (index: number, state: Json) => void | Promise<void>
  readonly onProgress?: (index: number, progress: Progress) => void
}

export interface RecordingControl extends Control {
  readonly checkpoints: readonly Json[]
  readonly progresses: readonly Progress[]
}

export function makeControl(options: ControlOptions, images: ImageSource): RecordingControl {
  const checkpoints: Json[] = []
  const progresses: Progress[] = []
  return {
    operationId: randomUUID(),
    ...(options.resume === undefined ? {} : { resume: options.resume }),
    checkpoints,
    progresses,
    checkpoint: async (state) => {
      checkpoints.push(state)
      await options.onCheckpoint?.(checkpoints.length - 1, state)
    },
    progress: (progress) => {
      progresses.push(progress)
      options.onProgress?.(progresses.length - 1, progress)
    },
    signal: options.signal ?? new AbortController().signal,
    log: silentLogger,
    images: options.images ?? images,
  }
}
