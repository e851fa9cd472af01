import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { describeBrokenRule, findBrokenRules, readSources } from '../support/import-rules.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

test('nobody imports what the architecture keeps apart', () => {
  const files = readSources(root, ['src', 'drivers', 'migrations', 'scripts', 'test', 'bin'])
  const broken = findBrokenRules(files).map(describeBrokenRule)
  assert.equal(broken.length, 0, `broken import rules:\n${broken.join('\n')}`)
})

test('source files have kebab-case names', () => {
  const files = readSources(root, ['src', 'drivers', 'migrations', 'scripts', 'test', 'bin'])
  const odd = files.map(({ path }) => path).filter((path) => !/^([a-z0-9]+([-.][a-z0-9]+)*\/?)+\.ts$/.test(path))
  assert.deepEqual(odd, [], 'rename them to kebab-case')
})

const forbidden = [
  ['src/util/retry.ts', '../model/ids.ts', /util knows no domain word/],
  ['src/agent/agent.ts', '../store/hosts.ts', /never the database/],
  ['src/api/compute/list-servers.ts', '../../store/instances.ts', /one file of the store/],
  ['src/scheduler/pipeline.ts', '../store/hosts.ts', /the scheduler is pure/],
  ['src/cli/host-list.ts', '../main.ts', /client of the HTTP API/],
  ['src/operations/instance-create.ts', '../main.ts', /operations coordinate/],
  ['src/operations/instance-create.ts', '../../drivers/sim/index.ts', /through the bus alone/],
  ['drivers/qemu/driver.ts', '../sim/vm.ts', /never the store, the bus, the API or another driver/],
  ['drivers/qemu/driver.ts', '../../src/bus/port.ts', /a driver sees the contract alone/],
  ['drivers/libvirt/domain-xml.ts', '../qemu/driver.ts', /knows none of them/],
  ['src/new-idea/first.ts', '../util/clock.ts', /no layer is declared/],
  ['src/operations/claims.ts', 'knex', /SQL lives in the store alone/],
  ['src/images/image-service.ts', 'node:sqlite', /SQL lives in the store alone/],
  ['src/identity/login.ts', 'express', /HTTP exists at the edge only/],
  ['src/operations/claims.ts', 'amqplib', /the port alone/],
  ['src/agent/agent.ts', 'koffi', /not in the service/],
] as const

for (const [path, imports, reason] of forbidden) {
  test(`${path} may not import ${imports}, and is told why`, () => {
    for (const text of [
      `import { x } from '${imports}'`,
      `import type { X } from '${imports}'`,
      `export * from '${imports}'`,
      `const x = await import('${imports}')`,
    ]) {
      const broken = findBrokenRules([{ path, text }])
      assert.equal(broken.length, 1, text)
      assert.match(broken.map(describeBrokenRule).join('\n'), reason)
    }
  })
}

const allowed = [
  ['src/api/compute/list-servers.ts', '../../store/read-model.ts'],
  ['src/api/compute/list-servers.ts', '../routing.ts'],
  ['src/main.ts', '../drivers/qemu/index.ts'],
  ['src/main.ts', './store/database.ts'],
  ['src/agent/agent.ts', '../driver/index.ts'],
  ['drivers/qemu/driver.ts', '../libvirt/connection.ts'],
  ['drivers/qemu/driver.ts', '../../src/disk/index.ts'],
  ['src/store/hosts.ts', 'knex'],
  ['migrations/0001-first-tables.ts', 'knex'],
  ['bin/polyvisor.ts', '../src/main.ts'],
  ['test/unit/a.test.ts', 'express'],
] as const

for (const [path, imports] of allowed) {
  test(`${path} may import ${imports}`, () => {
    assert.deepEqual(findBrokenRules([{ path, text: `import { x } from '${imports}'` }]), [])
  })
}
