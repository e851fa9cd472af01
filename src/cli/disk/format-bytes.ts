const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** For people: three digits or so, in powers of 1024. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  const digits = unit === 0 || Number.isInteger(value) ? 0 : value < 10 ? 2 : 1
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`
}
