import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VmRegistry } from '../../src/agent/vm-registry.ts'
import type { VmState } from '../../src/driver/index.ts'

const hosts = new Set(['h'])

function vm(instanceId: string, power: VmState['power']): VmState {
  return { instanceId, nodeId: 'h', name: instanceId, power, handle: { version: 1, data: null } }
}

test('generations rise with every change and with every incarnation, and only then', () => {
  const registry = new VmRegistry()
  registry.setIncarnation(1)
  const first = registry.observe('h', vm('a', 'on'))
  assert.equal(registry.observe('h', vm('a', 'on')).generation, first.generation)
  const second = registry.observe('h', vm('a', 'off'))
  assert.ok(second.generation > first.generation)
  const restarted = new VmRegistry()
  restarted.setIncarnation(2)
  assert.ok(restarted.observe('h', vm('a', 'off')).generation > second.generation)
})

test('what was known and is not listed is missing; what changed after the list began is left alone', () => {
  const registry = new VmRegistry()
  registry.setIncarnation(1)
  registry.observe('h', vm('a', 'on'))
  const mark = registry.mark
  registry.observe('h', vm('b', 'on'))
  registry.reconcile(hosts, [], mark)
  assert.deepEqual(
    registry.all().map(({ instanceId, power }) => [instanceId, power]),
    [
      ['a', 'missing'],
      ['b', 'on'],
    ],
  )
})

test('a list begun before a VM was removed does not bring it back', () => {
  const registry = new VmRegistry()
  registry.setIncarnation(1)
  registry.observe('h', vm('a', 'on'))
  const mark = registry.mark
  registry.forget({ instanceId: 'a', hostId: 'h' })
  registry.reconcile(hosts, [vm('a', 'on')], mark)
  assert.deepEqual(registry.all(), [])
})

test('what the control plane expects is reported missing when no list names it', () => {
  const registry = new VmRegistry()
  registry.setIncarnation(1)
  registry.expect('a', 'h', null)
  registry.reconcile(hosts, [], registry.mark)
  assert.equal(registry.all()[0]?.power, 'missing')
})

test('an instance that moves has a VM on each of two hosts, and each is told of', () => {
  const registry = new VmRegistry()
  registry.setIncarnation(1)
  registry.observe('h', vm('a', 'off'))
  registry.observe('g', { ...vm('a', 'on'), nodeId: 'g' })
  const told = (): unknown => registry.all().map(({ hostId, power }) => [hostId, power])
  assert.deepEqual(told(), [
    ['h', 'off'],
    ['g', 'on'],
  ])
  registry.reconcile(new Set(['h', 'g']), [{ ...vm('a', 'on'), nodeId: 'g' }], registry.mark)
  assert.deepEqual(told(), [
    ['h', 'missing'],
    ['g', 'on'],
  ])
  registry.forget({ instanceId: 'a', hostId: 'h' })
  assert.deepEqual(told(), [['g', 'on']])
})
