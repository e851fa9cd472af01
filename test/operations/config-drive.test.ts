import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { assertPossible } from '../../drivers/sim/spec-rules.ts'
import type { Bus } from '../../src/bus/bus.ts'
import { makeIso } from '../../src/disk/iso9660/make-iso.ts'
import type { Capabilities } from '../../src/driver/capabilities.ts'
import { configDriveContent } from '../../src/driver/config-drive.ts'
import type { DiskSpec, VmSpec } from '../../src/driver/vm-spec.ts'
import type { ProjectId } from '../../src/model/ids.ts'
import type { Instance } from '../../src/model/instance.ts'
import { novaQuotas } from '../../src/model/quotas.ts'
import { newConfigDrive } from '../../src/operations/config-drive/config-drive-disk.ts'
import type { CreateInstance } from '../../src/operations/instance-service-types.ts'
import { setQuotaLimits } from '../../src/store/quotas.ts'
import type { Logger } from '../../src/util/logger.ts'
import { testImage, World } from '../support/world.ts'
import type { DriveFacts, DriveFile } from '../../src/operations/config-drive/drive-facts.ts'
import { nocloudFiles } from '../../src/operations/config-drive/nocloud-files.ts'
import { openstackFiles } from '../../src/operations/config-drive/openstack-files.ts'

const worlds: World[] = []
after(() => Promise.all(worlds.map((world) => world.end())))

interface Watched {
  readonly world: World
  /** What agents were asked to make or to reshape, in order. */
  readonly specs: VmSpec[]
  readonly logged: string[]
}

async function watchedWorld(): Promise<Watched> {
  const specs: VmSpec[] = []
  const logged: string[] = []
  const note = (fields: object, message: string): void => void logged.push(`${message} ${JSON.stringify(fields)}`)
  const log: Logger = { debug: note, info: note, warn: note, error: note, child: () => log }
  const wrapBus = (bus: Bus): Bus => ({
    publish: bus.publish.bind(bus),
    subscribe: bus.subscribe.bind(bus),
    consume: bus.consume.bind(bus),
    health: bus.health.bind(bus),
    close: bus.close.bind(bus),
    send: async (queue, message) => {
      const { call } = message as unknown as { call?: { spec?: VmSpec } }
      if (call?.spec !== undefined) specs.push(call.spec)
      await bus.send(queue, message)
    },
  })
  const world = await World.make({ wrapBus, log })
  worlds.push(world)
  return { world, specs, logged }
}

const userData = Buffer.from([0x1f, 0x8b, 0, 255, 10]).toString('base64')
const wanted: Partial<CreateInstance> = {
  name: 'Web Server',
  configDrive: true,
  userData,
  adminPass: 'an-admins-secret',
  keyName: 'k',
  metadata: { role: 'web' },
  attributes: { publicKey: { type: 'ssh', publicKey: 'ssh-ed25519 AAAA ann' } },
}

const driveOf = (spec: VmSpec | undefined): DiskSpec | undefined =>
  spec?.disks.find(({ source }) => source.kind === 'config-drive')
/** By path. */
function filesOf(disk: DiskSpec | undefined): Map<string, Buffer> {
  assert.ok(disk !== undefined)
  const drive = configDriveContent(disk)
  return new Map(drive?.contents.flatMap(({ paths, content }) => paths.map((path) => [path, content] as const)))
}
const json = (files: Map<string, Buffer>, path: string) => JSON.parse(String(files.get(path)))

test('OpenStack’s layout: who the guest is, in every version; read by nobody else', async () => {
  const { world, specs, logged } = await watchedWorld()
  const { instanceId, operationId } = await world.create(wanted)
  assert.equal((await world.ended(operationId)).status, 'succeeded')
  const disk = driveOf(specs.at(-1))
  assert.deepEqual([disk?.id, disk?.readOnly], ['config', true])
  assert.partialDeepStrictEqual(disk?.source, { volumeId: 'config-2' })
  const files = filesOf(disk)
  const versions = ['2012-08-10', '2013-04-04', '2013-10-17', '2015-10-15', '2016-06-30', '2016-10-06', '2017-02-22']
  for (const version of [...versions, '2018-08-27', '2020-10-14', 'latest']) {
    assert.partialDeepStrictEqual(json(files, `openstack/${version}/meta_data.json`), {
      uuid: instanceId,
      name: 'Web Server',
      hostname: 'web-server',
      availability_zone: 'nova',
      launch_index: 0,
      project_id: 'p1',
      meta: { role: 'web' },
      public_keys: { k: 'ssh-ed25519 AAAA ann\n' },
      keys: [{ name: 'k', type: 'ssh', data: 'ssh-ed25519 AAAA ann\n' }],
      admin_pass: 'an-admins-secret',
    })
    assert.equal(files.get(`openstack/${version}/user_data`)?.toString('base64'), userData)
  }
  const [nic] = (await world.instance(instanceId)).nics
  assert.ok(nic !== undefined)
  assert.partialDeepStrictEqual(json(files, 'openstack/latest/network_data.json'), {
    links: [{ vif_id: nic.portId, ethernet_mac_address: nic.macAddress }],
    networks: [{ network_id: nic.network.id }],
  })
  for (const name of ['vendor_data', 'vendor_data2']) assert.deepEqual(json(files, `openstack/latest/${name}.json`), {})
  assert.equal(files.has('openstack/2012-08-10/network_data.json'), false)
  const ec2 = json(files, 'ec2/latest/meta-data.json')
  assert.partialDeepStrictEqual(ec2, { 'instance-id': `i-${instanceId.slice(0, 8)}`, 'local-hostname': 'web-server' })
  assert.equal(ec2['public-keys']['0']['openssh-key'], 'ssh-ed25519 AAAA ann\n')
  assert.equal(files.get('ec2/2009-04-04/user-data')?.toString('base64'), userData)
  const said = logged.join('\n')
  for (const secret of ['an-admins-secret', userData, 'AAAA']) assert.ok(!said.includes(secret), secret)
  const kept = JSON.stringify([await world.db('operations'), await world.db('commands')])
  assert.ok(!kept.includes('an-admins-secret'), 'the password is forgotten with the operation')
  await world.settled()
})

test('it goes with the VM, stays over a resize, and is made anew by a rebuild', async () => {
  const { world, specs } = await watchedWorld()
  const { instanceId, operationId } = await world.create(wanted)
  await world.ended(operationId)
  assert.equal((await world.ended((await world.resize(instanceId)).operationId)).status, 'succeeded')
  assert.partialDeepStrictEqual(driveOf(specs.at(-1))?.source, { kind: 'config-drive', files: [] })
  await world.ended((await world.act(instanceId, 'confirm-resize')).operationId)
  const rebuild = { image: testImage, adminPass: 'another-secret', metadata: { role: 'db' }, attributes: {} }
  const { operationId: rebuilding } = await world.rebuild(instanceId, rebuild)
  assert.equal((await world.ended(rebuilding)).status, 'succeeded')
  assert.partialDeepStrictEqual(json(filesOf(driveOf(specs.at(-1))), 'openstack/latest/meta_data.json'), {
    admin_pass: 'another-secret',
    meta: { role: 'db' },
    keys: [{ name: 'k' }],
  })
  assert.equal((await world.instance(instanceId)).configDrive, true)
  await world.ended((await world.act(instanceId, 'delete')).operationId)
  await world.settled()
})

test('without one nothing is made, and no password is kept', async () => {
  const { world, specs } = await watchedWorld()
  const { operationId } = await world.create({ adminPass: 'an-admins-secret' })
  assert.equal(JSON.stringify(await world.db('operations')).includes('an-admins-secret'), false)
  await world.ended(operationId)
  assert.equal(driveOf(specs.at(-1)), undefined)
})

test('an image may insist on one, and choose its layout', async () => {
  const { world, specs } = await watchedWorld()
  const properties = { img_config_drive: 'mandatory', img_config_drive_layout: 'nocloud' }
  const { instanceId, operationId } = await world.create({
    ...wanted,
    configDrive: false,
    image: { ...testImage, properties },
  })
  await world.ended(operationId)
  assert.equal((await world.instance(instanceId)).configDrive, true)
  const disk = driveOf(specs.at(-1))
  assert.partialDeepStrictEqual(disk?.source, { volumeId: 'cidata' })
  const files = filesOf(disk)
  assert.deepEqual([...files.keys()], ['meta-data', 'user-data', 'network-config'])
  assert.deepEqual(json(files, 'meta-data'), {
    'instance-id': instanceId,
    'local-hostname': 'web-server',
    'availability-zone': 'nova',
    'public-keys': ['ssh-ed25519 AAAA ann'],
  })
  assert.equal(files.get('user-data')?.toString('base64'), userData)
  const [nic] = (await world.instance(instanceId)).nics
  const ethernets = { nic0: { match: { macaddress: nic?.macAddress }, dhcp4: true } }
  assert.deepEqual(json(files, 'network-config'), { version: 2, ethernets })
  const unknown = { ...testImage, properties: { img_config_drive_layout: 'floppy' } }
  await assert.rejects(world.create({ image: unknown }), /img_config_drive_layout must be openstack or nocloud/)
})

test('files for the guest lie on the drive, which they bring along, until a rebuild brings others', async () => {
  const { world, specs } = await watchedWorld()
  const injectedFiles = [
    { path: '/etc/motd', base64: Buffer.from('hello').toString('base64') },
    { path: 'rc.local', base64: '' },
  ]
  const { instanceId, operationId } = await world.create({ attributes: { injectedFiles } })
  assert.equal((await world.ended(operationId)).status, 'succeeded')
  assert.equal((await world.instance(instanceId)).configDrive, true)
  const files = filesOf(driveOf(specs.at(-1)))
  assert.deepEqual(json(files, 'openstack/latest/meta_data.json').files, [
    { path: '/etc/motd', content_path: '/content/0000' },
    { path: 'rc.local', content_path: '/content/0001' },
  ])
  assert.equal(String(files.get('openstack/content/0000')), 'hello')
  assert.equal(String(files.get('openstack/content/0001')), '')
  // Its size is part of what the hypervisor was told: a resize must find it the same.
  assert.equal((await world.ended((await world.resize(instanceId)).operationId)).status, 'succeeded')
  await world.ended((await world.act(instanceId, 'confirm-resize')).operationId)

  const rebuilt = await world.rebuild(instanceId, { image: testImage, attributes: {} })
  assert.equal((await world.ended(rebuilt.operationId)).status, 'succeeded')
  const after = filesOf(driveOf(specs.at(-1)))
  assert.equal(json(after, 'openstack/latest/meta_data.json').files, undefined)
  assert.equal(after.has('openstack/content/0000'), false)

  const { injectedFiles: count, injectedFilePathBytes, injectedFileContentBytes } = novaQuotas
  const limits = { injectedFiles: count, injectedFilePathBytes, injectedFileContentBytes }
  await setQuotaLimits(world.db, 'p1' as ProjectId, limits)
  const tooMany = Array.from({ length: 6 }, (_, index) => ({ path: `/f${index}`, base64: '' }))
  const tooLarge = [{ path: '/f', base64: Buffer.alloc(10_241).toString('base64') }]
  const tooLong = [{ path: `/${'f'.repeat(255)}`, base64: '' }]
  for (const refused of [tooMany, tooLarge, tooLong]) {
    const attributes = { injectedFiles: refused }
    await assert.rejects(world.create({ attributes }), { kind: 'forbidden' })
    await assert.rejects(world.rebuild(instanceId, { image: testImage, attributes }), { kind: 'forbidden' })
  }
  const nocloud = { ...testImage, properties: { img_config_drive_layout: 'nocloud' } }
  await assert.rejects(world.create({ image: nocloud, attributes: { injectedFiles } }), /no place for files/)
})

test('the largest that a tenant can ask for fits', () => {
  const text = (length: number): string => '\u{1F600}'.repeat(length / 2)
  const instance = {
    id: '11111111-2222-4333-8444-555555555555',
    name: text(254),
    projectId: 'p',
    keyName: 'k',
    attributes: {
      publicKey: { type: 'ssh', publicKey: 'x'.repeat(16_384) },
      injectedFiles: Array.from({ length: 128 }, () => ({ path: text(4096), base64: 'A'.repeat(4) })),
    },
    metadata: Object.fromEntries(Array.from({ length: 128 }, (_, index) => [`${index}${text(250)}`, text(254)])),
    userData: 'A'.repeat(65_532),
    configDrive: true,
    nics: [],
    availabilityZone: null,
    imageProperties: {},
  } as unknown as Instance
  const disk = newConfigDrive(instance, 'x'.repeat(255))
  assert.ok(disk !== undefined)
  const drive = configDriveContent(disk)
  assert.ok(drive !== undefined)
  assert.ok(makeIso({ ...drive, madeAt: new Date() }).length <= disk.sizeBytes)
})

test('simulated hosts refuse what no CD-ROM can hold', () => {
  const capabilities = { architectures: [] } as unknown as Capabilities
  const host = { isNode: () => true, capabilities }
  const spec = (paths: readonly string[], bytes: number): VmSpec => {
    const source = {
      kind: 'config-drive',
      volumeId: 'config-2',
      files: [{ paths, base64: 'A'.repeat(bytes) }],
    } as const
    const disks = [{ id: 'config', source, sizeBytes: 1024 ** 2 }]
    const ids = { instanceId: randomUUID(), nodeId: 'n', name: 'vm' }
    return { ...ids, vcpus: 1, memoryBytes: 1, disks, nics: [], imageProperties: {}, options: {} }
  }
  assertPossible(spec(['user_data'], 4), host)
  for (const wrong of [spec(['../user_data'], 4), spec(['user_data'], 2 * 1024 ** 2)])
    assert.throws(() => assertPossible(wrong, host), { code: 'INVALID_SPEC', effect: 'none' })
})

test('either layout names the NICs, whose addresses come by DHCP', () => {
  const network = { id: 'n', subnetId: 's', name: 'shared', cidr: '10.224.0.0/12' }
  const facts: DriveFacts = {
    launchIndex: 0,
    files: [],
    instanceId: 'i',
    name: 'web',
    hostname: 'web',
    availabilityZone: 'nova',
    projectId: 'p',
    metadata: {},
    key: null,
    adminPass: null,
    userData: null,
    nics: [{ portId: 'port', network, address: '10.224.1.2', macAddress: '52:54:00:aa:bb:cc' }],
  }
  const find = (files: readonly DriveFile[], path: string): unknown =>
    JSON.parse(String(files.find(({ paths }) => paths.includes(path))?.content))
  assert.deepEqual(find(openstackFiles(facts), 'openstack/latest/network_data.json'), {
    links: [{ id: 'nic0', type: 'phy', vif_id: 'port', ethernet_mac_address: '52:54:00:aa:bb:cc', mtu: null }],
    networks: [{ id: 'network0', type: 'ipv4_dhcp', link: 'nic0', network_id: 'n' }],
    services: [],
  })
  assert.deepEqual(find(nocloudFiles(facts), 'network-config'), {
    version: 2,
    ethernets: { nic0: { match: { macaddress: '52:54:00:aa:bb:cc' }, dhcp4: true } },
  })
})
