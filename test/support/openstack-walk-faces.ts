/** The part of the walk that needs a server but does nothing to its guest: tokens, keys, images' properties, metadata, limits. */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OpenstackClient } from './openstack-client.ts'

interface Row {
  readonly [column: string]: unknown
}
type Step = readonly [string, () => Promise<void>]

/** `walk-image` and `walk-server` are there, and are so again at the end. */
export function faceSteps(openstack: OpenstackClient, { imageFile }: { readonly imageFile: string }): readonly Step[] {
  return [
    ['keypair create, list, show, delete', () => inFolder((folder) => keypairs(openstack, folder))],
    ['image set --property --tag, image unset', () => imageProperties(openstack)],
    ['image save', () => inFolder((folder) => imageSave(openstack, imageFile, folder))],
    ['server set --name --property, server unset', () => serverProperties(openstack)],
    ['availability zone list --compute, limits show --absolute', () => zonesAndLimits(openstack)],
    ['a token re-scoped, token revoke', () => tokens(openstack)],
  ]
}

async function keypairs(openstack: OpenstackClient, folder: string): Promise<void> {
  const made = await openstack.run('keypair', 'create', 'walk-key')
  assert.match(made, /PRIVATE KEY-----/)
  const shown = await openstack.json<Row>('keypair', 'show', 'walk-key')
  const publicFile = join(folder, 'key.pub')
  await writeFile(publicFile, await openstack.run('keypair', 'show', '--public-key', 'walk-key'))
  await openstack.run('keypair', 'create', '--public-key', publicFile, 'walk-key-2')
  const listed = await openstack.json<readonly Row[]>('keypair', 'list')
  assert.deepEqual(
    listed.map((row) => [row['Name'], row['Fingerprint']]),
    [
      ['walk-key', shown['fingerprint']],
      ['walk-key-2', shown['fingerprint']],
    ],
  )
  await openstack.run('keypair', 'delete', 'walk-key', 'walk-key-2')
  assert.deepEqual(await openstack.json('keypair', 'list'), [])
}

async function imageProperties(openstack: OpenstackClient): Promise<void> {
  await openstack.run(
    'image',
    'set',
    '--property',
    'os_distro=walkos',
    '--tag',
    'walked',
    '--min-ram',
    '1',
    'walk-image',
  )
  const set = await openstack.json<{ properties: Row; tags: string[]; min_ram: number }>('image', 'show', 'walk-image')
  assert.equal(set.properties['os_distro'], 'walkos')
  assert.equal(set.properties['os_hash_algo'], 'sha512')
  assert.deepEqual(set.tags, ['walked'])
  assert.equal(set.min_ram, 1)
  await openstack.run('image', 'unset', '--property', 'os_distro', '--tag', 'walked', 'walk-image')
  const unset = await openstack.json<{ properties: Row; tags: string[] }>('image', 'show', 'walk-image')
  assert.equal(unset.properties['os_distro'], undefined)
  assert.deepEqual(unset.tags, [])
}

async function imageSave(openstack: OpenstackClient, imageFile: string, folder: string): Promise<void> {
  const saved = join(folder, 'saved.raw')
  await openstack.run('image', 'save', '--file', saved, 'walk-image')
  assert.ok((await readFile(saved)).equals(await readFile(imageFile)))
}

async function serverProperties(openstack: OpenstackClient): Promise<void> {
  const show = (name: string) => openstack.json<Row>('server', 'show', name)
  const properties = async () => Object.keys((await show('walk-server'))['properties'] as object)
  await openstack.run('server', 'set', '--property', 'role=walker', '--property', 'left=1', 'walk-server')
  assert.deepEqual((await properties()).sort(), ['left', 'role'])
  await openstack.run('server', 'unset', '--property', 'left', '--property', 'role', 'walk-server')
  assert.deepEqual(await properties(), [])
  await openstack.run('server', 'set', '--name', 'walk-renamed', 'walk-server')
  assert.equal((await show('walk-renamed'))['name'], 'walk-renamed')
  await openstack.run('server', 'set', '--name', 'walk-server', 'walk-renamed')
}

async function zonesAndLimits(openstack: OpenstackClient): Promise<void> {
  const zones = await openstack.json<readonly Row[]>('availability', 'zone', 'list', '--compute')
  assert.deepEqual(
    zones.map((zone) => [zone['Zone Name'], zone['Zone Status']]),
    [['nova', 'available']],
  )
  const limits = await openstack.json<readonly Row[]>('limits', 'show', '--absolute')
  const value = (name: string) => limits.find((row) => row['Name'] === name)?.['Value']
  assert.equal(value('totalInstancesUsed'), 1)
  assert.equal(value('maxServerMeta'), 128)
}

async function tokens(openstack: OpenstackClient): Promise<void> {
  const { id } = await openstack.json<{ id: string }>('token', 'issue')
  const bearer = openstack.withToken(id)
  assert.equal((await bearer.json<readonly Row[]>('server', 'list')).length, 1)
  await openstack.run('token', 'revoke', id)
  // The client asks for a scope with it first, as it would of Keystone.
  await assert.rejects(bearer.run('server', 'list'), /Token .* could not be found\. \(HTTP 404\)/)
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'polyvisor-walk-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}
