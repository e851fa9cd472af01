import type { ImageTaskEnd } from '../store/image-tasks.ts'

/** How long the outcome of a task is kept, as OpenStack does. */
const keptMs = 48 * 3_600_000

export function endOfTask(status: ImageTaskEnd['status'], message: string, nowMs: number): ImageTaskEnd {
  return { status, message, nowMs, expiresAtMs: nowMs + keptMs }
}
