/**
 * Figures as they are kept while the service works: plain numbers in fixed places, so that counting allocates nothing
 * and costs nanoseconds. They become Prometheus's text only when somebody asks; see exposition.ts.
 */

/** One series per combination of label values; at most three labels. */
class Series<T> {
  readonly #make: () => T
  readonly #tree = new Map<string, Map<string, Map<string, T>>>()

  constructor(make: () => T) {
    this.#make = make
  }

  get(a: string, b: string, c: string): T {
    let second = this.#tree.get(a)
    if (second === undefined) this.#tree.set(a, (second = new Map()))
    let third = second.get(b)
    if (third === undefined) second.set(b, (third = new Map()))
    let found = third.get(c)
    if (found === undefined) third.set(c, (found = this.#make()))
    return found
  }

  *entries(): Generator<readonly [readonly [string, string, string], T]> {
    for (const [a, second] of this.#tree)
      for (const [b, third] of second) for (const [c, value] of third) yield [[a, b, c], value]
  }
}

export interface Sample {
  /** Without it the family's own name. */
  readonly metricName?: string
  readonly labels: Readonly<Record<string, string | number>>
  readonly value: number
}

export interface Family {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly labels: readonly string[]
  samples(): readonly Sample[] | Promise<readonly Sample[]>
}

export class Counters implements Family {
  readonly type = 'counter'
  readonly name: string
  readonly help: string
  readonly labels: readonly string[]
  readonly #series = new Series(() => new Float64Array(1))

  constructor(name: string, labels: readonly string[], help: string) {
    this.name = name
    this.labels = labels
    this.help = help
  }

  add(amount: number, a = '', b = '', c = ''): void {
    const cell = this.#series.get(a, b, c)
    cell[0] = (cell[0] ?? 0) + amount
  }

  samples(): readonly Sample[] {
    return [...this.#series.entries()].map(([values, cell]) => ({
      labels: labelled(this.labels, values),
      value: cell[0] ?? 0,
    }))
  }
}

export class Histograms implements Family {
  readonly type = 'histogram'
  readonly name: string
  readonly help: string
  readonly labels: readonly string[]
  readonly #bounds: readonly number[]
  /** The counts of the buckets, that of what is beyond the last bound, and the sum. */
  readonly #series: Series<Float64Array>

  /** @param bounds upper bounds in seconds, ascending */
  constructor(name: string, labels: readonly string[], bounds: readonly number[], help: string) {
    this.name = name
    this.labels = labels
    this.help = help
    this.#bounds = bounds
    this.#series = new Series(() => new Float64Array(bounds.length + 2))
  }

  observe(seconds: number, a = '', b = '', c = ''): void {
    const cells = this.#series.get(a, b, c)
    const bounds = this.#bounds
    let bucket = 0
    while (bucket < bounds.length && seconds > (bounds[bucket] ?? 0)) bucket += 1
    cells[bucket] = (cells[bucket] ?? 0) + 1
    cells[bounds.length + 1] = (cells[bounds.length + 1] ?? 0) + seconds
  }

  samples(): readonly Sample[] {
    return [...this.#series.entries()].flatMap(([values, cells]) => this.#samplesOf(values, cells))
  }

  #samplesOf(values: readonly string[], cells: Float64Array): readonly Sample[] {
    const labels = labelled(this.labels, values)
    let count = 0
    const buckets = [...this.#bounds, '+Inf'].map((le, bucket) => {
      count += cells[bucket] ?? 0
      return { metricName: `${this.name}_bucket`, labels: { ...labels, le }, value: count }
    })
    return [
      ...buckets,
      { metricName: `${this.name}_sum`, labels, value: cells[this.#bounds.length + 1] ?? 0 },
      { metricName: `${this.name}_count`, labels, value: count },
    ]
  }
}

/** A state that is asked for when somebody looks. */
export function gauge(
  name: string,
  labels: readonly string[],
  help: string,
  samples: () => readonly Sample[] | Promise<readonly Sample[]>,
): Family {
  return { name, type: 'gauge', labels, help, samples }
}

function labelled(names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
}
