import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DatabaseClock } from '../../src/store/database-clock.ts'
import { openTestDatabase, testEngine } from '../support/test-database.ts'

/** A machine whose clocks are set by hand. */
function machine(wallMs: number) {
  return {
    wallMs,
    monoMs: 50,
    nowMs(): number {
      return this.wallMs
    },
    monotonicMs(): number {
      return this.monoMs
    },
  }
}

test('a jump of this machine’s clock is none of the database’s', async (t) => {
  const db = await openTestDatabase()
  t.after(() => db.destroy())
  const local = machine(Date.now())
  const clock = await DatabaseClock.start(db, { local, measureEveryMs: 3_600_000 })
  const beganMs = clock.nowMs()
  assert.ok(Number.isSafeInteger(beganMs))
  assert.ok(Math.abs(beganMs - Date.now()) < 60_000)
  local.wallMs += 3_600_000
  assert.equal(clock.nowMs(), beganMs, 'between measurements the monotonic clock counts')
  local.monoMs += 250
  assert.equal(clock.nowMs(), beganMs + 250)
  await clock.measure()
  const jumpedMs = clock.nowMs() - beganMs
  // PostgreSQL's clock went on as ever; SQLite's time is this machine's.
  if (testEngine === 'postgres') assert.ok(jumpedMs < 1_800_000, `${jumpedMs}`)
  else assert.equal(jumpedMs, 3_600_000)
  await clock.stop()
})

test('a small correction holds the clock instead of turning it back', async (t) => {
  const db = await openTestDatabase()
  t.after(() => db.destroy())
  const local = machine(1_000_000)
  const clock = await DatabaseClock.start(db, { local, measureEveryMs: 3_600_000 })
  const beganMs = clock.nowMs()
  local.monoMs -= 300
  assert.equal(clock.nowMs(), beganMs)
  local.monoMs += 301
  assert.equal(clock.nowMs(), beganMs + 1)
  await clock.stop()
})

test('without a database time goes on', async () => {
  const db = await openTestDatabase()
  const local = machine(1_000_000)
  const clock = await DatabaseClock.start(db, { local, measureEveryMs: 3_600_000 })
  const beganMs = clock.nowMs()
  await db.destroy()
  await clock.measure()
  local.monoMs += 1_000
  assert.equal(clock.nowMs(), beganMs + 1_000)
  await clock.stop()
})
