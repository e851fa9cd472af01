/** Networks. */
import type { Network } from '../model/network.ts'
import type { Db } from './database.ts'

type Row = Record<string, unknown>

/** Unless there is one of that name. */
export async function insertNetwork(db: Db, { id, subnetId, name, cidr }: Network): Promise<void> {
  await db('networks').insert({ id, subnet_id: subnetId, name, cidr }).onConflict('name').ignore()
}

/** By name. */
export async function listNetworks(db: Db): Promise<readonly Network[]> {
  return ((await db('networks').orderBy('name')) as Row[]).map((row) => ({
    id: row['id'] as string,
    subnetId: row['subnet_id'] as string,
    name: row['name'] as string,
    cidr: row['cidr'] as string,
  }))
}
