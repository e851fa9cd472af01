import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { sweepCrashes } from '../support/crash-sweep.ts'

const create = ['pick-host', 'claim', 'define-vm', 'start', 'confirm'].map((step) => `instance-create/${step}`)
const remove = ['stop-others', 'remove-vm', 'release'].map((step) => `instance-delete/${step}`)

test('kill -9 at every checkpoint of create and delete leaves nothing behind', (t) =>
  sweepCrashes(t, {
    args: ['--driver', 'sim'],
    makeImage: async (folder) => {
      const path = join(folder, 'image.raw')
      await writeFile(path, Buffer.alloc(64 * 1024, 'polyvisor'))
      return path
    },
    checkpoints: [...create, ...remove].flatMap((step) =>
      ['before-run', 'begun', 'after-run'].map((moment) => `${step}/${moment}`),
    ),
  }))
