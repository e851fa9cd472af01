/** Rule 8: progress only grows within a phase, and phases are known ones. */
import assert from 'node:assert/strict'
import { phases } from '../../../src/driver/index.ts'
import type { Bench } from '../bench.ts'
import { cases, skipCase } from '../cases.ts'
import { suite, type Check } from '../check.ts'
import type { Progress } from '../control.ts'

function assertMonotone(progresses: readonly Progress[]): void {
  const highest = new Map<string, number>()
  for (const { phase, doneBytes, totalBytes } of progresses) {
    assert.ok((phases as readonly string[]).includes(phase), `the phase ${phase} is not in the list`)
    if (doneBytes === undefined) continue
    assert.ok(Number.isSafeInteger(doneBytes) && doneBytes >= 0, `${doneBytes} bytes are done`)
    if (totalBytes !== undefined) assert.ok(doneBytes <= totalBytes, `${doneBytes} of ${totalBytes} bytes are done`)
    assert.ok(doneBytes >= (highest.get(phase) ?? 0), `${phase} went back to ${doneBytes} bytes`)
    highest.set(phase, doneBytes)
  }
}

export const progressChecks: readonly Check[] = suite(
  'progress',
  8,
  cases.map((known) => ({
    name: `reports ${known.name} in known phases, and never goes back`,
    skip: skipCase(known),
    run: async (bench: Bench) => {
      const spec = await known.prepare(bench)
      const control = bench.control()
      await known.call(bench.driver, spec, control)
      assertMonotone(control.progresses)
      if (known.name === 'ensurePresent') assert.ok(control.progresses.length > 0, 'it reported nothing')
    },
  })),
)
