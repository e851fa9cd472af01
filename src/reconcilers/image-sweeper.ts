import type { Reconciler } from './reconciler.ts'

/** What a process left of images when it died (half an upload, half a deletion) is finished. Runs beside the API. */
export function imageSweeper(images: { sweep(): Promise<unknown> }): Reconciler {
  return {
    name: 'image-sweeper',
    everyMs: 30_000,
    async run() {
      await images.sweep()
    },
  }
}
