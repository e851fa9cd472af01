/**
 * What a tenant does to one server beyond its power, the same on any driver that has the abilities: its guest is
 * imaged, resized, rebuilt, rescued, and leaves its host and comes back.
 */
import assert from 'node:assert/strict'
import type { OpenstackClient } from './openstack-client.ts'

interface Row {
  readonly [column: string]: unknown
}
type Step = readonly [string, () => Promise<void>]

/** `walk-server` is ACTIVE, `walk-flavor-larger` is there; at the end it is ACTIVE again, with that flavor. */
export interface LifecycleStage {
  readonly openstack: OpenstackClient
  readonly canSetPassword: boolean
  /** Also until nothing goes on with it. */
  waitForStatus(status: string): Promise<void>
  /** How often the console log says that the guest is up: 0 where guests do not. */
  boots(): Promise<number>
  waitForBoots(least: number): Promise<void>
}

const server = 'walk-server'
/** What the client asks for by itself is 2.1: newer commands name theirs. */
const newest = ['--os-compute-api-version', '2.92']

export function lifecycleSteps(stage: LifecycleStage): readonly Step[] {
  const { openstack } = stage
  return [
    ['server lock --reason, unlock', () => locks(openstack)],
    ['console url show, --serial', () => consoles(openstack)],
    ['server set --password, where the hypervisor reaches into its guests', () => password(stage)],
    ['server image create --wait, server backup create --wait', () => images(openstack)],
    ['server resize --wait, resize revert, resize confirm', () => resizes(stage)],
    [
      'server rescue, unrescue',
      async () => {
        await rebooted(stage, 'RESCUE', 'rescue', server)
        await rebooted(stage, 'ACTIVE', 'unrescue', server)
      },
    ],
    [
      'server rebuild --wait',
      async () => {
        await openstack.run('server', 'rebuild', '--wait', server)
        await stage.waitForBoots(1)
      },
    ],
    ['server shelve, unshelve', () => shelves(stage)],
  ]
}

async function locks(openstack: OpenstackClient): Promise<void> {
  const lockNow = async (): Promise<readonly unknown[]> => {
    const row = await openstack.json<Row>(...newest, 'server', 'show', server)
    return [row['locked'], row['locked_reason']]
  }
  await openstack.run(...newest, 'server', 'lock', '--reason', 'the walk', server)
  assert.deepEqual(await lockNow(), [true, 'the walk'])
  await openstack.run('server', 'unlock', server)
  assert.deepEqual(await lockNow(), [false, null])
}

async function consoles(openstack: OpenstackClient): Promise<void> {
  for (const [option, protocol, type] of [
    ['--novnc', /^http/, 'novnc'],
    ['--serial', /^ws/, 'serial'],
  ] as const) {
    const row = await openstack.json<Row>('console', 'url', 'show', option, server)
    assert.match(String(row['url']), protocol)
    assert.equal(row['type'], type)
  }
}

async function password({ openstack, canSetPassword, waitForStatus }: LifecycleStage): Promise<void> {
  const set = openstack.run('server', 'set', '--password', 'of the walk', server)
  if (canSetPassword) await set
  else await assert.rejects(set, /cannot.*\(HTTP 409\)/i)
  await waitForStatus('ACTIVE')
}

async function images(openstack: OpenstackClient): Promise<void> {
  await openstack.run('server', 'image', 'create', '--name', 'walk-snapshot', '--wait', server)
  const kept = ['--type', 'daily', '--rotate', '1'] as const
  await openstack.run('server', 'backup', 'create', '--name', 'walk-backup', ...kept, '--wait', server)
  for (const [name, type] of [
    ['walk-snapshot', 'snapshot'],
    ['walk-backup', 'backup'],
  ] as const) {
    const image = await openstack.json<{ status: string; properties: Row }>('image', 'show', name)
    assert.deepEqual([image.status, image.properties['image_type']], ['active', type])
  }
  await openstack.run('image', 'delete', 'walk-snapshot', 'walk-backup')
}

/** A guest that is not up yet does not hear that it shall shut down, and is waited for in vain. */
async function rebooted(stage: LifecycleStage, status: string, ...words: readonly string[]): Promise<void> {
  const before = await stage.boots()
  await stage.openstack.run('server', ...words)
  await stage.waitForStatus(status)
  await stage.waitForBoots(before + 1)
}

async function resizes(stage: LifecycleStage): Promise<void> {
  const { openstack } = stage
  const resize = ['resize', '--flavor', 'walk-flavor-larger', '--wait', server] as const
  await rebooted(stage, 'VERIFY_RESIZE', ...resize)
  await rebooted(stage, 'ACTIVE', 'resize', 'revert', server)
  await rebooted(stage, 'VERIFY_RESIZE', ...resize)
  await openstack.run('server', 'resize', 'confirm', server)
  await stage.waitForStatus('ACTIVE')
  const row = await openstack.json<Row>('server', 'show', server)
  assert.match(String(row['flavor']), /^walk-flavor-larger /)
}

async function shelves({ openstack, waitForStatus, waitForBoots }: LifecycleStage): Promise<void> {
  await openstack.run('server', 'shelve', server)
  await waitForStatus('SHELVED_OFFLOADED')
  await openstack.run('server', 'unshelve', server)
  await waitForStatus('ACTIVE')
  await waitForBoots(1)
}
