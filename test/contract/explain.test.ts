/** POST /v1/explain over HTTP: who sees what, and that nothing is created. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PolyvisorError } from '../../src/model/errors.ts'
import { imageId, startApiFixture, type ApiFixture } from '../support/api-fixture.ts'
import { testImage } from '../support/world.ts'

const server = { flavorRef: '1', imageRef: imageId }
let api: ApiFixture

before(async () => {
  const getForBoot = async (id: string): Promise<object> => {
    if (id !== imageId) throw new PolyvisorError('not-found', 'image-not-found', `Image ${id} could not be found.`)
    return { ...testImage, diskFormat: 'qcow2', minMemoryMb: 64 }
  }
  api = await startApiFixture({ images: { getForBoot } as never })
  for (const [id, ram] of [
    ['1', 512],
    ['2', 20_000],
    ['3', 1],
  ] as const)
    await api.send('admin', 'post', '/compute/v2.1/flavors', {
      body: { flavor: { id, name: `f${id}`, ram, vcpus: 1, disk: 1 } },
    })
  await api.addHost('east-1')
  const silent = await api.addHost('west-1')
  await api.db('hosts').where({ id: silent }).update({ up: false })
})
after(() => api.close())

async function explain(bearer: 'admin' | 'member' | 'reader', body: object) {
  const answer = await api.send(bearer, 'post', '/v1/explain', { body })
  assert.deepEqual(api.violations, [])
  return answer
}

test('a request that fits: the filters in order, the candidates, and nothing is created', async () => {
  const { status, body } = await explain('reader', { server: { ...server, name: 'x', networks: 'none' } })
  assert.equal(status, 200, JSON.stringify(body))
  const { explanation } = body
  assert.equal(explanation.summary, 'It fits: 1 of 2 hosts would take it.')
  assert.deepEqual(explanation.filters[0], {
    filter: 'compute-enabled',
    checked: 2,
    passed: 1,
    rejections: [{ filter: 'compute-enabled', reason: 'its agent is silent', count: 1 }],
  })
  assert.equal(explanation.filters.at(-1).passed, 1)
  assert.deepEqual(Object.keys(explanation.top[0]), ['score'])
  assert.equal(JSON.stringify(body).includes('east-1'), false)
  assert.deepEqual(
    api.asked.filter(([what]) => what === 'create'),
    [],
  )
  assert.deepEqual(await api.db('instances'), [])
})

test('admins see hosts by name', async () => {
  const { body } = await explain('admin', { server })
  const { explanation } = body
  assert.equal(explanation.top[0].name, 'east-1')
  assert.deepEqual(explanation.hosts, [
    { name: 'east-1', filter: null },
    { name: 'west-1', filter: 'compute-enabled', reason: 'its agent is silent' },
  ])
  assert.deepEqual(explanation.filters[0].rejections[0].hosts, ['west-1'])
})

test('a request that is too large: wanted, had, and the smallest change', async () => {
  const { body } = await explain('member', { server: { ...server, flavorRef: '2' } })
  const { explanation } = body
  assert.equal(explanation.fits, 0)
  const memory = explanation.filters.find(({ filter }: { filter: string }) => filter === 'memory')
  assert.deepEqual(memory.rejections, [
    { filter: 'memory', reason: 'not enough free memory (MB)', count: 1, wanted: 20_000, had: 15_872 },
  ])
  assert.deepEqual(explanation.changes, [
    {
      summary: 'With at most 15872 MB of memory it would fit: 1 host would take it.',
      remedies: [{ kind: 'less', amount: 'memory_mb', at_most: 15_872 }],
      hosts: 1,
    },
  ])
  assert.match(explanation.summary, /No host can take this server: .*With at most 15872 MB/)
})

test('several servers: how many of them fit', async () => {
  const { body } = await explain('member', { server: { ...server, max_count: 50 } })
  assert.equal(body.explanation.count, 50)
  assert.equal(body.explanation.fits, 31)
  assert.match(body.explanation.summary, /^Only 31 of 50 fit; ask for 31 at most/)
})

test('what a real request would be refused for is refused here, in the same words', async () => {
  const cases: [object, RegExp][] = [
    [{ ...server, flavorRef: '3' }, /Flavor's memory is too small/],
    [{ ...server, flavorRef: 'none' }, /Flavor none could not be found/],
    [{ ...server, imageRef: 'none' }, /Image none could not be found/],
    [{ imageRef: imageId }, /'flavorRef' is a required property/],
    [{ ...server, host: 'east-1' }, /admins choose hosts/],
  ]
  for (const [wanted, words] of cases) {
    const { status, body } = await explain('member', { server: wanted })
    assert.ok([400, 403].includes(status), String(status))
    assert.match(body.error.message, words)
  }
})
