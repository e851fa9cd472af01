/** Everything in one process on SQLite, or roles in processes of their own on PostgreSQL and RabbitMQ. */
export type Size = 'embedded' | 'scaled'

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
}

/** One figure of the benchmark, as the JSON file lists it. */
export interface Measurement extends Figure {
  readonly size: Size
}

/** @param share 0.5 for the median, 0.99 for the 99th percentile */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN
}

export function measured(name: string, value: number, unit: string): Figure {
  return { name, value: Math.round(value * 100) / 100, unit }
}
