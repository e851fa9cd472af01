/** The agent's drivers: one that answers no more does not hold up the stop. */
// One database is enough: drivers see none.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { DriverSet } from '../../src/agent/driver-set.ts'
import type { Driver, Health, NodeInventory } from '../../src/driver/index.ts'
import { silentLogger } from '../../src/util/logger.ts'

const folder = mkdtempSync(join(tmpdir(), 'polyvisor-driver-set-'))
after(() => rmSync(folder, { recursive: true }))

test('a call that only the driver’s own end ends is waited for while that is closed', async () => {
  const closed = Promise.withResolvers<readonly NodeInventory[]>()
  const asked = Promise.withResolvers<void>()
  let calls = 0
  const driver = {
    capabilities: () => ({ limits: { parallelOperations: 1 } }),
    async *fingerprint(): AsyncGenerator<Health> {
      yield { status: 'healthy', message: 'well' }
      yield { status: 'healthy', message: 'well still' }
    },
    nodes: () => {
      if (++calls === 1) return Promise.resolve([])
      asked.resolve()
      return closed.promise
    },
    close: async () => closed.resolve([]),
  } as unknown as Driver
  const manifest = { id: 'wedged', contract: '1', version: '1.0.0', hypervisorType: 'X', configSchema: true } as const
  const set = new DriverSet(silentLogger, () => undefined)
  await set.open([{ plugin: { manifest, open: async () => driver }, config: {}, explicit: true }], folder, 'here')
  await asked.promise
  await set.close()
  assert.equal(calls, 2)
})
