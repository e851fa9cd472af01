/**
 * Addresses that instances have on networks. Whoever inserts the row has the address: an address is drawn by lot, so that
 * in a network with room one statement is enough, and nobody waits for anybody.
 */
import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { InstanceId } from '../model/ids.ts'
import { guestAddresses, readCidr, type Network, type Nic, type WantedNic } from '../model/network.ts'
import type { Db } from './database.ts'

type Row = Record<string, unknown>

/** Draws until all that are taken are read, and one of the others is drawn. */
const blindDraws = 8

/**
 * The address of the instance's NIC at the position; repeating it gives the same.
 * @returns undefined when the wanted one is another's, or none is free
 */
export async function takeAddress(
  trx: Db,
  instanceId: InstanceId,
  position: number,
  { network, address }: WantedNic,
): Promise<Nic | undefined> {
  const range = guestAddresses(readCidr(network.cidr))
  for (let draw = 1; ; draw += 1) {
    const drawn =
      address ?? (draw <= blindDraws ? range.at(randomInt(range.count)) : await drawFree(trx, network, range))
    if (drawn === undefined) return undefined
    const nic = { portId: randomUUID(), network, address: drawn, macAddress: drawMac() }
    if (await insertAddress(trx, instanceId, position, nic)) return nic
    const own = await findOwn(trx, instanceId, position, network)
    if (own !== undefined) return own
    if (address !== undefined && (await isAddressTaken(trx, network, address))) return undefined
  }
}

/** All of the instance's. */
export async function releaseAddresses(trx: Db, instanceId: InstanceId): Promise<void> {
  await trx('fixed_addresses').where({ instance_id: instanceId }).delete()
}

export async function isAddressTaken(db: Db, network: Network, address: string): Promise<boolean> {
  return (await db('fixed_addresses').where({ network_id: network.id, address }).first('port_id')) !== undefined
}

async function insertAddress(trx: Db, instanceId: InstanceId, position: number, nic: Nic): Promise<boolean> {
  const { portId, network, address, macAddress } = nic
  const inserted: unknown[] = await trx('fixed_addresses')
    .insert({
      port_id: portId,
      network_id: network.id,
      instance_id: instanceId,
      position,
      address,
      mac_address: macAddress,
    })
    // Another's address or MAC address, or one that this NIC has already.
    .onConflict()
    .ignore()
    .returning('port_id')
  return inserted.length > 0
}

async function findOwn(trx: Db, instanceId: InstanceId, position: number, network: Network): Promise<Nic | undefined> {
  const row = (await trx('fixed_addresses').where({ instance_id: instanceId, position }).first()) as Row | undefined
  if (row === undefined) return undefined
  return {
    portId: row['port_id'] as string,
    network,
    address: row['address'] as string,
    macAddress: row['mac_address'] as string,
  }
}

async function drawFree(
  trx: Db,
  network: Network,
  range: ReturnType<typeof guestAddresses>,
): Promise<string | undefined> {
  const taken = new Set((await trx('fixed_addresses').where({ network_id: network.id }).pluck('address')) as string[])
  const start = randomInt(range.count)
  for (let step = 0; step < range.count; step += 1) {
    const address = range.at((start + step) % range.count)
    if (!taken.has(address)) return address
  }
  return undefined
}

/** Of the range that QEMU's own cards are from. */
function drawMac(): string {
  return `52:54:00:${randomBytes(3)
    .toString('hex')
    .replace(/(..)(?!$)/g, '$1:')}`
}
