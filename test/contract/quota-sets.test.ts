/** os-quota-sets: who may see and set them, and their shape at every microversion that changed it. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { takeQuota } from '../../src/store/quotas.ts'
import { addProjects, projects, startApiFixture, type ApiFixture, type Bearer } from '../support/api-fixture.ts'

let api: ApiFixture
const root = '/compute/v2.1/os-quota-sets'
const own = `${root}/${projects.own}`

before(async () => {
  api = await startApiFixture()
  await addProjects(api.db)
})
after(async () => {
  assert.deepEqual(api.violations, [])
  await api.close()
})

type QuotaSet = Readonly<Record<string, unknown>>

async function show(path: string, bearer: Bearer = 'reader', microversion = '2.1'): Promise<QuotaSet> {
  const answer = await api.send(bearer, 'get', path, { microversion })
  assert.equal(answer.status, 200, answer.text)
  return (answer.body as { quota_set: QuotaSet }).quota_set
}

test('a project sees its limits, which are the defaults until somebody sets others', async () => {
  const shown = await show(own)
  assert.equal(shown['id'], projects.own)
  assert.deepEqual([shown['instances'], shown['cores'], shown['ram'], shown['key_pairs']], [10, 20, 51_200, 100])
  assert.deepEqual(await show(`${own}/defaults`), shown)
})

test('the shape follows the microversions', async () => {
  const keys = async (microversion: string) => Object.keys(await show(own, 'reader', microversion))
  assert.equal((await keys('2.35')).length, 15)
  assert.ok((await keys('2.35')).includes('floating_ips'))
  assert.ok(!(await keys('2.36')).includes('floating_ips'))
  assert.ok((await keys('2.56')).includes('injected_files'))
  assert.deepEqual((await keys('2.57')).toSorted(), [
    'cores',
    'id',
    'instances',
    'key_pairs',
    'metadata_items',
    'ram',
    'server_group_members',
    'server_groups',
  ])
})

test('details tell what is in use', async () => {
  const limits = { instances: -1, cores: -1, ramMb: -1 }
  const each = { instances: 1, cores: 2, ramMb: 512 }
  await takeQuota(api.db, { projectId: projects.other, each, count: { min: 2, max: 2 }, limits })
  const detail = await show(`${root}/${projects.other}/detail`, 'other', '2.57')
  assert.deepEqual(detail['instances'], { limit: 10, in_use: 2, reserved: 0 })
  assert.deepEqual(detail['cores'], { limit: 20, in_use: 4, reserved: 0 })
  assert.deepEqual(detail['ram'], { limit: 51_200, in_use: 1024, reserved: 0 })
  assert.deepEqual(detail['key_pairs'], { limit: 100, in_use: 0, reserved: 0 })
})

describe('an admin', () => {
  const put = (body: object, microversion = '2.1', path = own) =>
    api.send('admin', 'put', path, { body: { quota_set: body }, microversion })

  test('sets some, in numbers or text, and takes them back', async () => {
    const answer = await put({ instances: '12', cores: -1, injected_files: 3, floating_ips: 7 })
    assert.equal(answer.status, 200)
    const { quota_set: set } = answer.body as { quota_set: QuotaSet }
    assert.equal('id' in set, false)
    assert.deepEqual([set['instances'], set['cores'], set['injected_files'], set['floating_ips']], [12, -1, 3, 7])
    const limits = await api.send('member', 'get', '/compute/v2.1/limits')
    assert.equal(limits.body.limits.absolute.maxTotalInstances, 12)
    assert.equal((await api.send('admin', 'delete', own)).status, 202)
    assert.equal((await show(own))['instances'], 10)
  })

  test('goes below what is in use by force only', async () => {
    const path = `${root}/${projects.other}`
    const refused = await put({ instances: 1 }, '2.1', path)
    assert.equal(refused.status, 400)
    assert.match(refused.body.badRequest.message, /^Quota limit 1 for instances must be greater than or equal to/)
    assert.equal((await put({ instances: 1, force: 'True' }, '2.1', path)).status, 200)
    assert.equal((await api.send('admin', 'delete', path)).status, 202)
  })

  for (const [what, body, microversion, status] of [
    ['below -1', { cores: -2 }, '2.1', 400],
    ['below -1 in text', { cores: '-2' }, '2.1', 400],
    ['too large', { cores: 2_147_483_648 }, '2.1', 400],
    ['too large in text', { cores: '2147483648' }, '2.1', 400],
    ['no number', { cores: 'many' }, '2.1', 400],
    ['of a service that left', { floating_ips: 1 }, '2.36', 400],
    ['of files that left', { injected_files: 1 }, '2.57', 400],
    ['unknown', { elephants: 1 }, '2.1', 400],
  ] as const) {
    test(`cannot set one that is ${what}`, async () => {
      assert.equal((await put(body, microversion)).status, status)
    })
  }

  test('is told of a project that does not exist', async () => {
    for (const path of [`${root}/nobody`, `${root}/nobody/detail`]) {
      assert.match((await api.send('admin', 'get', path)).body.badRequest.message, /nobody is not a valid project/)
    }
    assert.equal((await put({}, '2.1', `${root}/nobody`)).status, 400)
    assert.equal((await api.send('admin', 'delete', `${root}/nobody`)).status, 400)
  })

  test('sets a user’s within the project’s, and takes them back with it or by themselves', async () => {
    const user = `${own}?user_id=u`
    const { body } = await put({ cores: '1', ram: 5120 }, '2.1', user)
    assert.deepEqual([body.quota_set.cores, body.quota_set.ram, body.quota_set.instances], [1, 5120, 10])
    assert.equal((await show(user))['cores'], 1)
    assert.deepEqual((await show(`${own}/detail?user_id=u`))['cores'], { limit: 1, in_use: 0, reserved: 0 })
    assert.deepEqual([(await show(own))['cores'], (await show(`${own}?user_id=v`))['cores']], [20, 20])
    assert.equal((await put({ cores: 21 }, '2.1', user)).status, 400)
    assert.equal((await put({ cores: -1 }, '2.1', user)).status, 400)
    assert.equal((await put({ key_pairs: 1 }, '2.1', user)).status, 501)
    assert.equal((await put({ cores: 1 }, '2.1', `${root}/nobody?user_id=u`)).status, 400)
    assert.equal((await put({ cores: 1 }, '2.1', `${own}?user_id=`)).status, 400)
    assert.equal((await api.send('admin', 'delete', user)).status, 202)
    assert.equal((await show(user))['cores'], 20)
    await put({ cores: 1 }, '2.1', user)
    assert.equal((await api.send('admin', 'delete', own)).status, 202)
    assert.equal((await show(user))['cores'], 20)
  })
})

test('others than admins neither see other projects’ nor set their own', async () => {
  for (const path of [`${root}/${projects.other}`, `${root}/${projects.other}/detail`]) {
    assert.equal((await api.send('member', 'get', path)).status, 403)
  }
  assert.equal((await api.send('member', 'put', own, { body: { quota_set: { cores: 1 } } })).status, 403)
  assert.equal((await api.send('member', 'delete', own)).status, 403)
})
