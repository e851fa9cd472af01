import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { SagaParts } from '../../src/operations/saga-parts.ts'
import { allSagas } from '../../src/operations/sagas.ts'
import { sweepCrashes } from '../support/crash-sweep.ts'

/** Only the sagas' tables are read here; no step of them runs in this process. */
const sagas = allSagas({} as SagaParts, { stopGraceMs: 0 })
const checkpoints = sagas
  .filter(({ kind }) => kind === 'instance-create' || kind === 'instance-delete')
  .flatMap(({ kind, steps }) => steps.map((step) => `${kind}/${step.name}`))
  .flatMap((step) => ['before-run', 'begun', 'after-run'].map((moment) => `${step}/${moment}`))

test('kill -9 at every checkpoint of create and delete leaves nothing behind', (t) =>
  sweepCrashes(t, {
    args: ['--driver', 'sim'],
    makeImage: async (folder) => {
      const path = join(folder, 'image.raw')
      await writeFile(path, Buffer.alloc(64 * 1024, 'polyvisor'))
      return path
    },
    checkpoints,
  }))
