import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startApiFixture, type ApiFixture } from '../support/api-fixture.ts'

let api: ApiFixture
let path: string
before(async () => {
  api = await startApiFixture()
  const network = { id: 'n', subnetId: 's', name: 'shared', cidr: '10.0.0.0/8' }
  const nic = { portId: 'p', macAddress: '52:54:00:00:00:01', network, address: '10.0.0.5' }
  path = `/compute/v2.1/servers/${(await api.addInstance({ nics: [nic as never] })).id}`
})
after(async () => {
  await api.close()
  assert.deepEqual(api.violations, [])
})

test('a server keeps its addresses, there are no floating ones, and from 2.44 on nobody can ask', async () => {
  for (const [body, status, words] of [
    [{ addFixedIp: { networkId: 'n' } }, 501, /name them when you create a server/],
    [{ removeFixedIp: { address: '10.0.0.5' } }, 501, /name them when you create a server/],
    [{ removeFixedIp: { address: '10.0.0.6' } }, 400, /does not have the fixed IP 10.0.0.6/],
    [{ removeFixedIp: { address: 'x' } }, 400, /address/],
    [{ addFloatingIp: { address: '10.0.0.5' } }, 404, /no floating addresses/],
    [{ addFloatingIp: { address: '10.0.0.5', fixed_address: '10.0.0.5' } }, 404, /no floating addresses/],
    [{ removeFloatingIp: { address: '10.0.0.5' } }, 404, /no floating addresses/],
  ] as const) {
    const act = (microversion: string) => api.send('member', 'post', `${path}/action`, { body, microversion })
    const answer = await act('2.43')
    assert.equal(answer.status, status, JSON.stringify(body))
    assert.match(answer.text, words)
    await act('2.44').expect(404)
  }
})

test('no server has a volume, and none can be attached', async () => {
  const volume = '22222222-2222-4333-8444-555555555555'
  const attachments = `${path}/os-volume_attachments`
  const send = (method: 'get' | 'post' | 'put' | 'delete', at: string, body?: object) =>
    api.send('member', method, at, { microversion: '2.93', ...(body === undefined ? {} : { body }) })
  assert.deepEqual((await send('get', `${attachments}?limit=1&offset=1`).expect(200)).body, { volumeAttachments: [] })
  await send('get', `${attachments}?colour=red`).expect(400)
  const attach = (wanted: object) => send('post', attachments, { volumeAttachment: wanted })
  const { text } = await attach({ volumeId: volume, device: '/dev/vdb', tag: 't', delete_on_termination: true }).expect(
    501,
  )
  assert.match(text, /no volume service/)
  await attach({ volumeId: 'x' }).expect(400)
  await attach({ volumeId: volume, device: 'x' }).expect(400)
  await send('get', `${attachments}/${volume}`).expect(404)
  await send('put', `${attachments}/${volume}`, { volumeAttachment: { volumeId: volume } }).expect(404)
  await send('delete', `${attachments}/${volume}`).expect(404)
  await api.send('other', 'get', attachments).expect(404)
})
