import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, test } from 'node:test'
import type { Nic } from '../../src/model/network.ts'
import { changeInstance } from '../../src/store/instances.ts'
import { imageId, startApiFixture, type ApiFixture } from '../support/api-fixture.ts'

const root = '/compute/v2.1'
let api: ApiFixture

beforeEach(async () => {
  api = await startApiFixture()
  await api.services.networks.make({ name: 'shared', cidr: '10.9.8.0/24' })
})
afterEach(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

const network = async () => (await api.services.networks.list())[0] ?? assert.fail('no network')

async function serverAt(address: string, name = 'web') {
  const instance = await api.addInstance({ name })
  const nic: Nic = { portId: randomUUID(), network: await network(), address, macAddress: '52:54:00:00:00:01' }
  await changeInstance(api.db, instance.id, { nics: [nic] }, 1)
  return { instance, nic }
}

test('the shared network is listed up to 2.35, whole and in short', async () => {
  const { id } = await network()
  const [shown] = (await api.send('reader', 'get', `${root}/os-networks`).expect(200)).body.networks
  const { id: shownId, label, cidr, netmask, gateway, broadcast } = shown
  assert.deepEqual(
    [shownId, label, cidr, netmask, gateway, broadcast],
    [id, 'shared', '10.9.8.0/24', '255.255.255.0', '10.9.8.1', '10.9.8.255'],
  )
  assert.deepEqual((await api.send('reader', 'get', `${root}/os-networks/${id}`)).body.network, shown)
  const short = { id, label: 'shared', cidr: '10.9.8.0/24' }
  assert.deepEqual((await api.send('reader', 'get', `${root}/os-tenant-networks`)).body.networks, [short])
  assert.deepEqual((await api.send('reader', 'get', `${root}/os-tenant-networks/${id}`)).body.network, short)
  for (const list of ['os-networks', 'os-tenant-networks']) {
    await api.send('reader', 'get', `${root}/${list}/${randomUUID()}`).expect(404)
    await api.send('reader', 'get', `${root}/${list}`, { microversion: '2.36' }).expect(404)
  }
})

test('it is made once: a later start with other settings changes nothing', async () => {
  const before = await network()
  await api.services.networks.make({ name: 'other', cidr: '10.1.0.0/16' })
  assert.deepEqual(await api.services.networks.list(), [before])
  for (const cidr of ['10.0.0.1/8', '10.0.0.0/30', 'fe80::/64', '10.0.0.0']) {
    await assert.rejects(api.services.networks.make({ name: 'x', cidr }), RangeError)
  }
})

test('a server shows its addresses in its details, by network, and as interfaces', async () => {
  const { instance, nic } = await serverAt('10.9.8.7')
  const path = `${root}/servers/${instance.id}`
  const short = { version: 4, addr: '10.9.8.7' }
  const whole = { ...short, 'OS-EXT-IPS:type': 'fixed', 'OS-EXT-IPS-MAC:mac_addr': nic.macAddress }
  assert.deepEqual((await api.send('reader', 'get', path)).body.server.addresses, { shared: [whole] })
  // The answer to an update is short up to 2.74.
  const updated = async (microversion: string) =>
    (await api.send('member', 'put', path, { body: { server: {} }, microversion }).expect(200)).body.server.addresses
  assert.deepEqual([await updated('2.74'), await updated('2.75')], [{ shared: [short] }, { shared: [whole] }])
  assert.deepEqual((await api.send('reader', 'get', `${path}/ips`)).body, { addresses: { shared: [short] } })
  assert.deepEqual((await api.send('reader', 'get', `${path}/ips/shared`)).body, { shared: [short] })
  await api.send('reader', 'get', `${path}/ips/other`).expect(404)
  await api.send('other', 'get', `${path}/ips`).expect(404)
  const attached = {
    port_state: 'ACTIVE',
    fixed_ips: [{ ip_address: '10.9.8.7', subnet_id: nic.network.subnetId }],
    port_id: nic.portId,
    net_id: nic.network.id,
    mac_addr: nic.macAddress,
  }
  const interfaces = `${path}/os-interface`
  assert.deepEqual((await api.send('reader', 'get', interfaces)).body.interfaceAttachments, [attached])
  const newest = await api.send('reader', 'get', `${interfaces}/${nic.portId}`, { microversion: '2.70' })
  assert.deepEqual(newest.body.interfaceAttachment, { ...attached, tag: null })
  await api.send('reader', 'get', `${interfaces}/${randomUUID()}`).expect(404)
})

test('lists are filtered by address: a pattern that is held against its beginning', async () => {
  await serverAt('10.9.8.7', 'a')
  await serverAt('10.9.8.77', 'b')
  await api.addInstance({ name: 'c' })
  const names = async (query: string, bearer: 'reader' | 'admin' = 'reader') => {
    const { body } = await api.send(bearer, 'get', `${root}/servers?sort_key=display_name&sort_dir=asc&${query}`)
    return (body.servers as { name: string }[]).map(({ name }) => name)
  }
  assert.deepEqual(await names('ip=10.9.8.7'), ['a', 'b'])
  assert.deepEqual(await names('ip=10.9.8.7%24'), ['a'])
  assert.deepEqual(await names('ip=9.8.7'), [])
  assert.deepEqual(await names('ip=10.*7$|x'), ['a', 'b'])
  assert.deepEqual(await names('ip6=10.9'), [])
  assert.deepEqual(await names('all_tenants=1&fixed_ip=10.9.8.7', 'admin'), ['a'])
  await api.send('reader', 'get', `${root}/servers?ip=(`).expect(400)
  await api.send('reader', 'get', `${root}/servers?ip=(?=a)`).expect(400)
})

test('what a new server asks for: nothing, none, a network, an address on it', async () => {
  const { id } = await network()
  const create = (networks: unknown, microversion = '2.37') => {
    const server = { name: 's', imageRef: imageId, flavorRef: '1', ...(networks === undefined ? {} : { networks }) }
    return api.send('member', 'post', `${root}/servers`, { body: { server }, microversion })
  }
  await api.send('admin', 'post', `${root}/flavors`, {
    body: { flavor: { id: '1', name: 'f', ram: 1, vcpus: 1, disk: 1 } },
  })
  const asked = async (networks: unknown, microversion?: string) => {
    await create(networks, microversion).expect(202)
    const { nics } = api.asked.at(-1)?.[1] as { nics: { network: { id: string } }[] }
    return nics.map(({ network: { id: networkId }, ...nic }) => ({ networkId, ...nic }))
  }
  assert.deepEqual(await asked(undefined, '2.1'), [{ networkId: id, isRequired: false }])
  assert.deepEqual(await asked('auto'), [{ networkId: id, isRequired: false }])
  assert.deepEqual(await asked('none'), [])
  assert.deepEqual(await asked([{ uuid: id }]), [{ networkId: id, isRequired: true }])
  const wanted = [{ uuid: id, fixed_ip: '10.9.8.9' }]
  assert.deepEqual(await asked(wanted), [{ networkId: id, address: '10.9.8.9', isRequired: true }])
  const message = async (networks: unknown) => (await create(networks).expect(400)).body.badRequest.message
  assert.match(await message([{ uuid: randomUUID() }]), /could not be found/)
  for (const address of ['10.9.8.0', '10.9.8.1', '10.9.8.255', '10.9.9.2', '::1', 'x'])
    assert.match(await message([{ uuid: id, fixed_ip: address }]), /not one for servers/)
  assert.match(await message([...wanted, ...wanted]), /two network interfaces/)
  await create([{ uuid: id, port: randomUUID() }]).expect(501)
})
