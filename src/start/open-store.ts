/** The database of this process, and whether it answers. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StateSource } from '../metrics/service-metrics.ts'
import { countWaiting, openDatabase, type Db } from '../store/database.ts'
import { markSilentHostsDown } from '../store/hosts.ts'
import { dropAllLeases } from '../store/leases.ts'
import { countHosts, countInstances, countOpenOperations } from '../store/state-counts.ts'
import { systemClock } from '../util/clock.ts'
import type { ProcessParts, ReadinessWord } from './parts.ts'

export async function openStore({ config, dataDir, metrics, log, teardown }: ProcessParts): Promise<Db> {
  const { engine, url, durability, passwordFile, tls, poolSize } = config.database
  const observer = metrics?.queries
  // For those who find the directory without its service: a backup, for one.
  await writeFile(join(dataDir.databaseDir, 'engine'), `${engine}\n`)
  if (engine === 'postgres' && url !== undefined) {
    const db = await openDatabase({ engine, url, passwordFile, tls, poolSize, durability, observer }, log)
    teardown.add(() => db.destroy())
    return db
  }
  const filename = join(dataDir.databaseDir, 'polyvisor.db')
  const db = await openDatabase({ engine: 'sqlite', filename, durability, observer })
  teardown.add(() => db.destroy())
  // The data directory's lock says that no other process works on this database: what a former one held is free.
  await dropAllLeases(db)
  await markSilentHostsDown(db, Number.MAX_SAFE_INTEGER, systemClock.nowMs())
  return db
}

export function stateSource(db: Db): StateSource {
  return {
    hosts: () => countHosts(db),
    instances: () => countInstances(db),
    openOperations: () => countOpenOperations(db),
    waitingForStore: () => countWaiting(db),
  }
}

export async function databaseReadiness(db: Db): Promise<ReadinessWord> {
  try {
    await db.raw('select 1')
    return { name: 'database', ok: true, message: 'answers' }
  } catch {
    return { name: 'database', ok: false, message: 'does not answer; see the log' }
  }
}
