/** Places of a guest's disks and NICs: those of its command line come back when it boots anew by itself. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diskParameter, freeUnit, unitByCommandLine } from '../../drivers/uml/disk-units.ts'
import type { UmlHost } from '../../drivers/uml/host.ts'
import { freeNicUnit, nicParameter } from '../../drivers/uml/nic-units.ts'
import type { VmRecord } from '../../drivers/uml/vm-record.ts'

const host = { instancesDir: '/v' } as UmlHost
const instanceId = 'i'
const disk = (id: string) => ({ id, file: `${id}.raw`, kind: 'raw', readOnly: false, base: null }) as const
const record = (...units: readonly number[]): VmRecord => ({
  instanceId,
  name: 'guest',
  specHash: '',
  state: 'ready',
  uid: null,
  memoryBytes: 0,
  disks: units.map((unit) => ({ ...disk(`d${unit}`), unit })),
  nics: units.map((unit) => ({ id: `n${unit}`, macAddress: `52:54:00:00:00:0${unit}`, unit })),
  kernelArgs: [],
})
const parameter = (id: string, unit: number): string => diskParameter(host, instanceId, { ...disk(id), unit })

test('a new disk takes the lowest free place, but none that the command line has for another', () => {
  assert.equal(freeUnit(host, record(), disk('new'), []), 0)
  assert.equal(freeUnit(host, record(0, 2), disk('new'), []), 1)
  const commandLine = ['linux.uml', parameter('d0', 0), parameter('gone', 1), parameter('d2', 2), 'root=/dev/ubda']
  assert.equal(freeUnit(host, record(0, 2), disk('new'), commandLine), 3)
})

test('a disk that comes again takes the place at which the command line has it', () => {
  const commandLine = [parameter('d0', 0), parameter('gone', 4)]
  assert.equal(freeUnit(host, record(0), disk('gone'), commandLine), 4)
  assert.equal(unitByCommandLine('/v/i/gone.raw', commandLine), 4)
  assert.equal(unitByCommandLine('/v/i/new.raw', commandLine), undefined)
})

test('of sixteen places none is free', () => {
  const full = record(...Array.from({ length: 16 }, (_, unit) => unit))
  assert.throws(() => freeUnit(host, full, disk('new'), []), { code: 'UNSUPPORTED', effect: 'none' })
  assert.throws(() => freeNicUnit(full, '52:54:00:00:00:99', []), { code: 'UNSUPPORTED', effect: 'none' })
})

test('a new NIC takes the lowest free place, but none that the command line has for another', () => {
  const gone = nicParameter({ macAddress: '52:54:00:00:00:01', unit: 1 })
  assert.equal(freeNicUnit(record(0, 2), '52:54:00:00:00:99', []), 1)
  assert.equal(freeNicUnit(record(0, 2), '52:54:00:00:00:99', [gone]), 3)
  assert.equal(freeNicUnit(record(0, 2), '52:54:00:00:00:01', [gone]), 1)
})
