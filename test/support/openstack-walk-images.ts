/** What people do with images alone, command by command: everything made is taken away again. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenstackClient } from './openstack-client.ts'

interface Row {
  readonly [column: string]: unknown
}
type Step = readonly [string, () => Promise<void>]

export function imageWalk(openstack: OpenstackClient): readonly Step[] {
  return [
    ['token issue, catalog list, project list, user list', () => overview(openstack)],
    ['image create --file --protected --property, list, show, set --unprotected, delete', () => images(openstack)],
    ['image add project, member list, set --accept, remove project', () => sharing(openstack)],
  ]
}

async function overview(openstack: OpenstackClient): Promise<void> {
  const token = await openstack.json<Row>('token', 'issue')
  assert.match(String(token['project_id']), /^[0-9a-f]{32}$/)
  const types = (await openstack.json<readonly Row[]>('catalog', 'list')).map((row) => row['Type'])
  assert.deepEqual(types.toSorted(), ['compute', 'identity', 'image'])
  for (const kind of ['project', 'user']) {
    const rows = await openstack.json<readonly Row[]>(kind, 'list')
    assert.ok(
      rows.some((row) => row['Name'] === 'admin'),
      kind,
    )
  }
}

/** With a file: without one the client would wait for its standard input. */
async function create(openstack: OpenstackClient, ...words: readonly string[]): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'polyvisor-walk-'))
  try {
    const file = join(folder, 'disk.raw')
    await writeFile(file, Buffer.alloc(4096, 7))
    const formats = ['--disk-format', 'raw', '--container-format', 'bare', '--file', file] as const
    return await openstack.json<Row>('image', 'create', ...formats, ...words)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function images(openstack: OpenstackClient): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'polyvisor-walk-'))
  const file = join(folder, 'disk.raw')
  await writeFile(file, Buffer.alloc(4096, 7))
  const words = [
    '--file',
    file,
    '--protected',
    '--private',
    '--property',
    'os_distro=walkos',
    '--tag',
    'walked',
  ] as const
  const made = await create(openstack, ...words, 'walk-disk')
  assert.deepEqual([made['protected'], made['visibility']], [true, 'private'])
  const filter = ['--private', '--long', '--property', 'os_distro=walkos', '--sort', 'name:asc'] as const
  const [listed, ...others] = await openstack.json<readonly Row[]>('image', 'list', ...filter)
  assert.deepEqual([listed?.['Name'], listed?.['Status'], others.length], ['walk-disk', 'active', 0])
  const shown = await openstack.json<Row>('image', 'show', 'walk-disk')
  assert.equal(shown['size'], 4096)
  assert.equal((shown['properties'] as Row)['stores'], 'file')
  // Of several images it tells how many could not be deleted, and why in its log.
  await assert.rejects(openstack.run('image', 'delete', 'walk-disk'), /403|protected/)
  await openstack.run('image', 'set', '--unprotected', '--deactivate', 'walk-disk')
  assert.equal((await openstack.json<Row>('image', 'show', 'walk-disk'))['status'], 'deactivated')
  await openstack.run('image', 'set', '--activate', 'walk-disk')
  await openstack.run('image', 'delete', 'walk-disk')
}

async function sharing(openstack: OpenstackClient): Promise<void> {
  const made = await create(openstack, '--shared', 'walk-shared')
  assert.equal(made['visibility'], 'shared')
  const project = await openstack.json<Row>('project', 'create', 'walk-partner')
  const added = await openstack.json<Row>('image', 'add', 'project', 'walk-shared', 'walk-partner')
  assert.deepEqual([added['member_id'], added['status']], [project['id'], 'pending'])
  await openstack.run('image', 'set', '--accept', '--project', 'walk-partner', 'walk-shared')
  const members = await openstack.json<readonly Row[]>('image', 'member', 'list', 'walk-shared')
  assert.deepEqual(
    members.map((row) => [row['Member ID'], row['Status']]),
    [[project['id'], 'accepted']],
  )
  await openstack.run('image', 'remove', 'project', 'walk-shared', 'walk-partner')
  await openstack.run('project', 'delete', 'walk-partner')
  await openstack.run('image', 'delete', 'walk-shared')
}
