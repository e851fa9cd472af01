import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { DomainDefinition } from '../../drivers/libvirt/domain-xml.ts'
import { domainElement, domainXml } from '../../drivers/libvirt/domain-xml.ts'
import type { Mark } from '../../drivers/libvirt/mark.ts'
import { bareMarkElement, markElement, parseMark } from '../../drivers/libvirt/mark.ts'
import { childNamed, element, parseXml, serializeXml, textOf } from '../../drivers/libvirt/xml-element.ts'

const mark: Mark = {
  instanceId: '6f1c6cde-0a57-4b83-9c3b-0a1b2c3d4e5f',
  nodeId: '0f0e0d0c-0b0a-4908-8706-050403020100',
  name: 'web "1"\n',
  specHash: 'a'.repeat(64),
  handleVersion: 1,
  state: 'building',
}

const domain: DomainDefinition = {
  type: 'qemu',
  uuid: mark.instanceId,
  name: `polyvisor-${mark.instanceId}`,
  title: 'web </title><uuid>\n& "quoted" ünïcode 🚀',
  metadata: [markElement(mark)],
  memoryBytes: 128 * 1024 ** 2,
  vcpus: 2,
  architecture: 'x86_64',
  machine: 'pc',
  cpuMode: 'maximum',
  disks: [
    {
      path: '/data/a&b/root.qcow2',
      format: 'qcow2',
      backing: { path: '/cache/x.raw', format: 'raw' },
      target: 'vda',
      bus: 'virtio',
      bootOrder: 1,
    },
    { path: '/data/blank.qcow2', format: 'qcow2', target: 'sda', bus: 'scsi' },
  ],
  interfaces: [],
  consoleLogPath: '/data/console.log',
}

test('limits stand in the definition, and nothing of them where there are none', () => {
  assert.doesNotMatch(domainXml(domain), /cputune|iotune|bandwidth/)
  const [disk, ...others] = domain.disks
  assert.ok(disk)
  const xml = domainXml({
    ...domain,
    cpuLimits: { shares: 512, quotaUs: 5000 },
    disks: [{ ...disk, limits: { totalRequests: 7 } }, ...others],
    interfaces: [
      {
        type: 'user',
        id: 'n',
        macAddress: '52:54:00:00:00:01',
        model: 'virtio',
        limits: { outbound: { average: 9, peak: 10 } },
      },
    ],
  })
  assert.match(xml, /<cputune><shares>512<\/shares><quota>5000<\/quota><\/cputune>/)
  assert.deepEqual(xml.match(/<iotune>.*?<\/iotune>/g), ['<iotune><total_iops_sec>7</total_iops_sec></iotune>'])
  assert.match(xml, /<bandwidth><outbound average="9" peak="10"\/><\/bandwidth>/)
})

describe('XML as data', () => {
  test('what is written reads back as the same tree, whatever the values are', () => {
    const value = fc
      .string({ unit: 'binary' })
      .map((text) => text.replaceAll(/[\u0000-\u001f\ufffe\uffff]/g, '').toWellFormed())
    const leaf = fc.record({ key: value, text: value.filter((text) => text !== '') })
    fc.assert(
      fc.property(fc.array(leaf, { maxLength: 5 }), (leaves) => {
        const tree = element('root', {}, ...leaves.map(({ key, text }) => element('leaf', { key }, text)))
        assert.deepEqual(parseXml(serializeXml(tree)), tree)
      }),
    )
  })

  test('characters that XML cannot hold are replaced, white space in attributes is kept', () => {
    assert.equal(serializeXml(element('a', { b: 'x\u0000y\tz\n' })), '<a b="x\ufffdy&#9;z&#10;"/>')
    assert.equal(serializeXml(element('a', {}, '\ud800')), '<a>\ufffd</a>')
  })

  test('names are never taken from outside', () => {
    assert.throws(() => serializeXml(element('a b')), RangeError)
    assert.throws(() => serializeXml(element('a', { 'b c': '1' })), RangeError)
  })

  test('what is not well formed is refused', () => {
    for (const text of ['', '<a>', '<a></b>', '<a/><', '<a/>x</a>', 'x'])
      assert.throws(() => parseXml(text), SyntaxError)
  })
})

describe('a domain', () => {
  test('holds title and paths as values, never as markup', () => {
    const read = parseXml(domainXml(domain))
    assert.deepEqual(read.children.filter((child) => typeof child === 'object' && child.name === 'uuid').length, 1)
    const title = childNamed(read, 'title')
    assert.equal(title && textOf(title), 'web </title><uuid> & "quoted" ünïcode 🚀')
    assert.deepEqual(read, domainElement(domain))
  })

  test('names every backing file and its format, so that nothing is probed', () => {
    const devices = childNamed(domainElement(domain), 'devices')
    assert.ok(devices)
    const disks = devices.children.filter((child) => typeof child === 'object' && child.name === 'disk')
    const [root, blank] = disks.map((disk) => (typeof disk === 'object' ? childNamed(disk, 'backingStore') : undefined))
    assert.equal(
      root && serializeXml(root),
      '<backingStore type="file"><format type="raw"/><source file="/cache/x.raw"/><backingStore/></backingStore>',
    )
    assert.equal(blank && serializeXml(blank), '<backingStore/>')
  })

  test('has a controller for what its disks need and no other', () => {
    assert.match(domainXml(domain), /<controller type="scsi" index="0" model="virtio-scsi"\/>/)
    assert.match(domainXml({ ...domain, disks: [] }), /<controller type="usb" model="none"\/>/)
    assert.doesNotMatch(domainXml({ ...domain, disks: [] }), /type="scsi"/)
  })
})

describe('our mark', () => {
  test('survives both ways of writing it', () => {
    assert.deepEqual(parseMark(serializeXml(markElement(mark))), mark)
    assert.deepEqual(parseMark(serializeXml(bareMarkElement({ ...mark, state: 'ready' }))), { ...mark, state: 'ready' })
  })

  test('is not seen in what others wrote', () => {
    for (const xml of [
      '<instance/>',
      '<other id="a" node="b" spec="c" state="ready"/>',
      'x',
      '<instance id="a" node="b" spec="c" state="x"/>',
    ]) {
      assert.equal(parseMark(xml), null)
    }
  })
})
