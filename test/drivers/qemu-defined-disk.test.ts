// One database is enough: no database plays a part.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDefinedDisk } from '../../drivers/qemu/defined-disk.ts'

const disk = (file: string, target: string, below: string): string =>
  `<disk type='file'><source file='${file}'/>${below}<target dev='${target}' bus='virtio'/></disk>`
const overRaw = `<backingStore type='file'><format type='raw'/><source file='/cache/a.raw'/><backingStore/></backingStore>`
const xml = `<domain type='qemu'><name>x</name><devices><emulator>/usr/bin/qemu</emulator>
  ${disk('/i/root.qcow2', 'vda', overRaw)}
  ${disk('/i/blank-0.qcow2', 'vdb', '<backingStore/>')}
  <interface type='user'><target dev='vnet0'/></interface></devices></domain>`

test('a disk is found by its file, with what its definition puts below it', () => {
  assert.deepEqual(findDefinedDisk(xml, '/i/root.qcow2'), {
    target: 'vda',
    backing: { path: '/cache/a.raw', format: 'raw' },
  })
  assert.deepEqual(findDefinedDisk(xml, '/i/blank-0.qcow2'), { target: 'vdb' })
  assert.equal(findDefinedDisk(xml, '/cache/a.raw'), undefined)
  assert.equal(findDefinedDisk('<domain/>', '/i/root.qcow2'), undefined)
})
