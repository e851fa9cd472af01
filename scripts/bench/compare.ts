/** The two sizes side by side. */
import type { Measurement } from './measurement.ts'

/** @returns a line for each figure that both sizes have; `share` is what the scaled size reaches of the embedded one */
export function compareSizes(measurements: readonly Measurement[]): readonly string[] {
  const lines: string[] = []
  for (const { name, size, value: embedded, unit } of measurements) {
    if (size !== 'embedded') continue
    const scaled = measurements.find((other) => other.size === 'scaled' && other.name === name)?.value
    if (scaled === undefined) continue
    // More is better of what is counted per second, less of the rest.
    const share = unit === '1/s' ? scaled / embedded : embedded / scaled
    lines.push(
      `${name.padEnd(22)} ${String(embedded).padStart(10)} ${String(scaled).padStart(10)} ${unit.padEnd(4)} ${share.toFixed(2).padStart(6)}`,
    )
  }
  return lines.length === 0 ? [] : [`${' '.repeat(22)}   embedded     scaled       share`, ...lines]
}
