/** A line on a terminal that shows how far a conversion is, how fast it goes and how long it will take. */
import type { DiskProgress } from '../../disk/algebra/progress.ts'
import { formatBytes } from './format-bytes.ts'

const widthChars = 24
const intervalMs = 100

export interface ProgressBar {
  update(progress: DiskProgress): void
  /** Wipes the line. */
  end(): void
}

export function progressBar(
  out: { write(text: string): unknown },
  nowMs: () => number = () => performance.now(),
): ProgressBar {
  const startMs = nowMs()
  let shownMs = Number.NEGATIVE_INFINITY
  let isShown = false
  return {
    update(progress) {
      const now = nowMs()
      if (now - shownMs < intervalMs) return
      shownMs = now
      isShown = true
      out.write(`\r\x1b[K${renderProgress(progress, now - startMs)}`)
    },
    end() {
      if (isShown) out.write('\r\x1b[K')
    },
  }
}

/** The rate is that of data; the time left assumes that the rest of the disk is as full as what is done. */
export function renderProgress({ doneBytes, totalBytes, dataBytes }: DiskProgress, elapsedMs: number): string {
  const rate = `${formatBytes(elapsedMs > 0 ? (dataBytes * 1000) / elapsedMs : 0)}/s`
  if (totalBytes === undefined) return `${formatBytes(doneBytes)}  ${rate}`
  const part = totalBytes === 0 ? 1 : doneBytes / totalBytes
  const filled = Math.round(part * widthChars)
  const leftMs = part > 0 ? elapsedMs / part - elapsedMs : 0
  const bar = '#'.repeat(filled) + '-'.repeat(widthChars - filled)
  return `[${bar}] ${(part * 100).toFixed(1)} %  ${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}  ${rate}  ${formatSeconds(leftMs / 1000)} left`
}

function formatSeconds(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
