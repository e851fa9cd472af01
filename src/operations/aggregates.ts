/** Host aggregates, and the zones that they make. A host is in one zone at most. */
import { randomUUID } from 'node:crypto'
import { zoneKey, type Aggregate, type AggregateMetadata } from '../model/aggregate.ts'
import { conflict, PolyvisorError } from '../model/errors.ts'
import type { Host } from '../model/host.ts'
import type { HostId } from '../model/ids.ts'
import * as rows from '../store/aggregates.ts'
import { maxInteger } from '../store/bindings.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { findHostToChange, listHosts } from '../store/hosts.ts'
import type { Clock } from '../util/clock.ts'

/** Keys whose value is null go. */
export type MetadataChanges = Readonly<Record<string, string | null>>

export class Aggregates {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  list(): Promise<readonly Aggregate[]> {
    return rows.listAggregates(this.#db)
  }

  /** @throws PolyvisorError not-found */
  get(id: number): Promise<Aggregate> {
    return inTransaction(this.#db, (trx) => find(trx, id))
  }

  /** @throws PolyvisorError conflict when there is one of that name */
  async create(name: string, zone: string | null): Promise<Aggregate> {
    const wanted = { uuid: randomUUID(), name, metadata: zone === null ? {} : { [zoneKey]: zone } }
    const id = await rows.insertAggregate(this.#db, wanted, this.#clock.nowMs())
    if (id === undefined) throw nameTaken(name)
    return this.get(id)
  }

  /** @throws PolyvisorError not-found; conflict: the name is taken, or what its hosts would be in does not go together */
  update(id: number, changes: { readonly name?: string; readonly metadata?: MetadataChanges }): Promise<Aggregate> {
    return this.#change(id, async (trx, aggregate) => {
      const metadata = merged(aggregate.metadata, changes.metadata ?? {})
      if (metadata[zoneKey] !== aggregate.metadata[zoneKey]) await checkZoneChange(trx, aggregate, metadata)
      const { name } = changes
      const wanted = { metadata, ...(name === undefined ? {} : { name }) }
      if (!(await rows.changeAggregate(trx, id, wanted, this.#clock.nowMs()))) throw nameTaken(name ?? '')
      return aggregate.hosts.map((host) => host.id)
    })
  }

  /** @throws PolyvisorError not-found; conflict when hosts are in it */
  delete(id: number): Promise<void> {
    return inTransaction(this.#db, async (trx) => {
      const { hosts } = await find(trx, id)
      if (hosts.length > 0) throw refused(id, 'delete', 'Host aggregate is not empty; remove its hosts first')
      await rows.deleteAggregate(trx, id)
    })
  }

  /** @throws PolyvisorError not-found; conflict when it is in it already, or in another zone */
  addHost(id: number, hostName: string): Promise<Aggregate> {
    return this.#change(id, async (trx, aggregate) => {
      const { id: hostId } = await findHostNamed(trx, hostName)
      // Of two zones that want it at once the second sees the first.
      const host = await findHostToChange(trx, hostId)
      if (host === undefined) throw hostUnknown(hostName)
      if (aggregate.hosts.some((member) => member.id === host.id)) {
        throw conflict('host-in-aggregate', `Aggregate ${id} already has host ${hostName}.`)
      }
      const zone = aggregate.metadata[zoneKey]
      if (zone !== undefined && host.availabilityZone !== null && host.availabilityZone !== zone)
        throw otherZone(id, 'add_host_to_aggregate', host)
      await rows.insertAggregateHost(trx, id, host.id)
      return [host.id]
    })
  }

  /** @throws PolyvisorError not-found, also when the host is not in it */
  removeHost(id: number, hostName: string): Promise<Aggregate> {
    return this.#change(id, async (trx, aggregate) => {
      const host = aggregate.hosts.find(({ name }) => name === hostName)
      if (host === undefined) {
        await findHostNamed(trx, hostName)
        throw new PolyvisorError('not-found', 'host-not-in-aggregate', `Aggregate ${id} has no host ${hostName}.`)
      }
      await rows.deleteAggregateHost(trx, id, host.id)
      return [host.id]
    })
  }

  /** @param change returns the hosts for which something is different then */
  async #change(id: number, change: (trx: Db, aggregate: Aggregate) => Promise<readonly HostId[]>): Promise<Aggregate> {
    return inTransaction(this.#db, async (trx) => {
      const hosts = await change(trx, await find(trx, id))
      await rows.noteOnHosts(trx, hosts, this.#clock.nowMs())
      return find(trx, id)
    })
  }
}

async function find(trx: Db, id: number): Promise<Aggregate> {
  // More than the column holds is none's.
  const aggregate = id > maxInteger ? undefined : await rows.findAggregate(trx, id)
  if (aggregate !== undefined) return aggregate
  throw new PolyvisorError('not-found', 'aggregate-not-found', `Aggregate ${id} could not be found.`)
}

async function findHostNamed(trx: Db, name: string): Promise<Host> {
  const host = (await listHosts(trx)).find((one) => one.name === name)
  if (host !== undefined) return host
  throw hostUnknown(name)
}

function hostUnknown(name: string): PolyvisorError {
  return new PolyvisorError('not-found', 'host-not-found', `Compute host ${name} could not be found.`)
}

/** Servers stay in the zone that they were asked into, and no host is in two. */
async function checkZoneChange(trx: Db, { id, hosts }: Aggregate, metadata: AggregateMetadata): Promise<void> {
  const mine = new Set(hosts.map((host) => host.id))
  const members = (await listHosts(trx)).filter((host) => mine.has(host.id))
  if (members.some(({ instanceCount }) => instanceCount > 0))
    throw refused(id, 'update', 'One or more hosts contain instances in this zone')
  const zone = metadata[zoneKey]
  if (zone === undefined) return
  for (const other of await rows.listAggregates(trx)) {
    const theirs = other.metadata[zoneKey]
    if (other.id === id || theirs === undefined || theirs === zone) continue
    const host = members.find((member) => other.hosts.some((one) => one.id === member.id))
    if (host !== undefined) throw otherZone(id, 'update', { ...host, availabilityZone: theirs })
  }
}

function merged(metadata: AggregateMetadata, changes: MetadataChanges): AggregateMetadata {
  const all = Object.entries({ ...metadata, ...changes })
  return Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== null))
}

function otherZone(id: number, action: string, { name, availabilityZone }: Host): PolyvisorError {
  return refused(id, action, `Host ${name} is in availability zone ${availabilityZone} already`)
}

function refused(id: number, action: string, reason: string): PolyvisorError {
  return conflict('aggregate-refused', `Cannot perform action '${action}' on aggregate ${id}. Reason: ${reason}.`)
}

function nameTaken(name: string): PolyvisorError {
  return conflict('aggregate-exists', `Aggregate ${name} already exists.`)
}
