import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readlink, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { assertCanEnter, chooseGuestUser } from '../../drivers/libvirt/guest-user.ts'
import { removeShortPath, shortPathTo } from '../../drivers/libvirt/short-path.ts'
import { missingPackagesMessage } from '../../drivers/local/system-packages.ts'

const isRoot = process.getuid?.() === 0

describe("the guests' user", () => {
  test('is never root when there is a choice', async () => {
    const user = await chooseGuestUser(undefined)
    assert.notEqual(user.uid, 0)
    if (isRoot) await assert.rejects(chooseGuestUser('no-such-user'), /create it, or name another/)
  })

  test(
    'is reported when it cannot enter a folder, with what to do',
    { skip: !isRoot && 'SKIPPED: needs root' },
    async () => {
      const dir = await mkdtemp(join(tmpdir(), 'pv-closed-'))
      try {
        const inner = join(dir, 'inner')
        await mkdir(inner)
        const user = await chooseGuestUser(undefined)
        await assert.rejects(assertCanEnter(user, inner), new RegExp(`chmod o\\+x ${dir}`))
      } finally {
        await rm(dir, { recursive: true })
      }
    },
  )
})

describe('a short path to a folder', () => {
  test('is the folder itself where it is short, else a link that stays the same', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'pv-short-'))
    try {
      const record = join(dir, 'record')
      assert.equal(await shortPathTo('/srv/cloud/libvirt', record), '/srv/cloud/libvirt')
      const long = join(dir, 'x'.repeat(80))
      await mkdir(long)
      const path = await shortPathTo(long, record)
      assert.ok(path.length <= 20, path)
      assert.equal(await readlink(path), long)
      assert.equal(await shortPathTo(long, record), path)
      await removeShortPath(path, long)
      await assert.rejects(stat(path), { code: 'ENOENT' })
    } finally {
      await rm(dir, { recursive: true })
    }
  })
})

describe('missing packages', () => {
  test('are named with the command that installs them', () => {
    const missing = [
      { name: 'no-such-a', provides: 'thing a', oneOf: ['/nowhere/a'] },
      { name: 'no-such-b', provides: 'thing b', oneOf: ['no-such-command'] },
      { name: 'coreutils', provides: 'ls', oneOf: ['ls'] },
    ]
    assert.equal(
      missingPackagesMessage(missing),
      'thing a, thing b missing; run: apt-get install -y --no-install-recommends no-such-a no-such-b',
    )
    assert.equal(missingPackagesMessage(missing.slice(2)), undefined)
  })
})
