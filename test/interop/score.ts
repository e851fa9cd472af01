/**
 * What became of each test that was asked for. Tempest's own totals hide two things: a class that fails to set itself
 * up counts as one, with its tests gone, and a test that it does not know is dropped without a word.
 */

/** One line of read-subunit.py. */
export interface Recorded {
  readonly id: string
  readonly status: string
  readonly text: string
}

export type Outcome = 'pass' | 'skip' | 'skipped class' | 'fail' | 'failed class' | 'missing'

export interface Result {
  readonly id: string
  readonly outcome: Outcome
  /** The last line of what tempest said about it. */
  readonly said: string
}

export interface Score {
  readonly results: readonly Result[]
  /** Not passed, and the skip list does not say why. */
  readonly unexplained: readonly Result[]
  /** Passed, although the skip list says that they cannot. */
  readonly outdated: readonly string[]
}

const outcomes: Readonly<Record<string, Outcome>> = { success: 'pass', xfail: 'pass', skip: 'skip', exists: 'missing' }

/** Test names with or without their `[id-…]`. @param reasons by test name: see readSkipList */
export function scoreTests(
  wanted: readonly string[],
  recorded: readonly Recorded[],
  reasons: ReadonlyMap<string, string>,
): Score {
  const tests = new Map<string, Recorded>()
  const classes = new Map<string, Recorded>()
  for (const one of recorded) {
    const ofClass = /^(?:setUpClass|tearDownClass) \(([\w.]+)\)$/.exec(one.id)?.[1]
    if (ofClass !== undefined) classes.set(ofClass, one)
    else if (one.status !== 'exists') tests.set(nameOf(one.id), one)
  }
  const results = wanted.map((id) => resultOf(nameOf(id), tests, classes))
  return {
    results,
    unexplained: results.filter(({ id, outcome }) => outcome !== 'pass' && !reasons.has(id)),
    outdated: results.filter(({ id, outcome }) => outcome === 'pass' && reasons.has(id)).map(({ id }) => id),
  }
}

function resultOf(id: string, tests: ReadonlyMap<string, Recorded>, classes: ReadonlyMap<string, Recorded>): Result {
  const own = tests.get(id)
  if (own !== undefined) return { id, outcome: outcomes[own.status] ?? 'fail', said: lastLine(own.text) }
  const ofClass = classes.get(id.slice(0, id.lastIndexOf('.')))
  if (ofClass === undefined) return { id, outcome: 'missing', said: 'tempest does not know it, or never came to it' }
  return { id, outcome: ofClass.status === 'skip' ? 'skipped class' : 'failed class', said: lastLine(ofClass.text) }
}

/** Lines of `test.name  reason`; `#` begins a comment. @throws Error for a line without a reason */
export function readSkipList(text: string): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>()
  for (const line of readList(text)) {
    const [id = '', ...reason] = line.split(/\s+/)
    if (reason.length === 0) throw new Error(`the skip list gives no reason for ${id}`)
    reasons.set(nameOf(id), reason.join(' '))
  }
  return reasons
}

/** Lines without comments and empty ones. */
export function readList(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/** Without what stands in brackets behind it: an id and attributes. */
export function nameOf(id: string): string {
  return id.replace(/\[.*/, '')
}

/** The line that says it all: how many of how many. */
export function scoreLine({ results, unexplained }: Score): string {
  const counts = new Map<Outcome, number>()
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  const passed = counts.get('pass') ?? 0
  const rest = [...counts].filter(([outcome]) => outcome !== 'pass').map(([outcome, count]) => `${outcome} ${count}`)
  const explained = results.length - passed - unexplained.length
  const parts = [`${passed} of ${results.length} pass`, `${explained} in the skip list`, `${unexplained.length} fail`]
  return `interop: ${parts.join(', ')}${rest.length === 0 ? '' : ` (${rest.sort().join(', ')})`}`
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? ''
}
