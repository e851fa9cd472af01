/** What a guest's definition becomes on its way to another host. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relocatedXml } from '../../drivers/qemu/migration-xml.ts'
import { childNamed, parseXml, serializeXml } from '../../drivers/libvirt/xml-element.ts'
import { parseMark } from '../../drivers/libvirt/mark.ts'

const id = '0d5f6a4e-9b1c-4d2e-8f3a-5b6c7d8e9f00'
const xml = `<domain type='qemu'><name>polyvisor-${id}</name><metadata>
  <polyvisor:instance xmlns:polyvisor="urn:polyvisor:1" id="${id}" node="a" name="n" spec="1" handle="1" state="ready"/>
  <other:thing xmlns:other="urn:other" file="/a/instances/${id}/root.qcow2"/></metadata>
  <devices><emulator>/usr/bin/qemu-a</emulator>
  <disk type='file'><source file='/a/instances/${id}/root.qcow2'/>
    <backingStore type='file'><source file='/a/cache/1.raw'/><backingStore/></backingStore></disk>
  <disk type='file'><source file='/a/instances/${id}-other/root.qcow2'/></disk>
  <serial type='pty'><log file='/a/instances/${id}/console/console.log' append='on'/></serial></devices></domain>`
const mark = {
  instanceId: id,
  nodeId: 'b',
  name: 'n',
  specHash: '2',
  handleVersion: 1,
  state: 'ready',
  arrivesAs: 'on',
} as const

test('paths and mark become the destination’s; what is not the guest’s own stays', () => {
  const moved = relocatedXml(xml, { fromDir: `/a/instances/${id}`, toDir: `/b/instances/${id}`, mark, isShared: false })
  const metadata = childNamed(parseXml(moved), 'metadata')
  const [own, other] = metadata?.children.filter((child) => typeof child === 'object') ?? []
  assert.deepEqual(parseMark(serializeXml(own ?? assert.fail())), mark)
  assert.equal(other?.attributes['file'], `/a/instances/${id}/root.qcow2`, 'others’ metadata is not looked into')
  assert.ok(moved.includes(`"/b/instances/${id}/root.qcow2"`))
  assert.ok(moved.includes(`"/b/instances/${id}/console/console.log"`))
  assert.ok(moved.includes(`"/a/instances/${id}-other/root.qcow2"`))
  assert.ok(!moved.includes('cache'), 'its disks stand on nothing there')
  assert.ok(!moved.includes('emulator'))
})

test('drives that several hosts see are read past the cache of each, and no others', () => {
  const drives = `<domain><devices>
    <disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='writeback'/></disk>
    <disk type='file' device='cdrom'><driver name='qemu' type='raw'/></disk></devices></domain>`
  const relocation = { fromDir: '/a', toDir: '/b', mark }
  const shared = relocatedXml(drives, { ...relocation, isShared: true })
  assert.ok(shared.includes('cache="none"') && !shared.includes('writeback'))
  assert.equal(shared.split('cache=').length, 2, 'the CD-ROM too')
  assert.ok(!relocatedXml(shared, { ...relocation, isShared: false }).includes('cache='))
})
