/** The networks that instances can be on: one, shared by all projects, made at the first start and never changed. */
import { randomUUID } from 'node:crypto'
import { badRequest, PolyvisorError } from '../model/errors.ts'
import { isForGuests, readCidr, type Network, type WantedNic } from '../model/network.ts'
import type { Db } from '../store/database.ts'
import { isAddressTaken } from '../store/fixed-addresses.ts'
import { insertNetwork, listNetworks } from '../store/networks.ts'

/** What a request says of one NIC. */
export interface NicRequest {
  readonly networkId?: string | undefined
  readonly address?: string | undefined
}

const mostNics = 8

export class Networks {
  readonly #db: Db
  #known: readonly Network[] = []

  constructor(db: Db) {
    this.#db = db
  }

  /** Makes the shared network unless there is one: the first start decides. */
  async make({ name, cidr }: { readonly name: string; readonly cidr: string }): Promise<void> {
    readCidr(cidr)
    if ((await this.list()).length > 0) return
    await insertNetwork(this.#db, { id: randomUUID(), subnetId: randomUUID(), name, cidr })
  }

  async list(): Promise<readonly Network[]> {
    // They never change once they are there.
    if (this.#known.length === 0) this.#known = await listNetworks(this.#db)
    return this.#known
  }

  /** @throws PolyvisorError not-found */
  async get(id: string): Promise<Network> {
    const found = (await this.list()).find((network) => network.id === id)
    if (found !== undefined) return found
    throw new PolyvisorError('not-found', 'network-not-found', `Network ${id} could not be found.`)
  }

  /** What whoever names none gets: a NIC on the shared network, where the host can give one. */
  async usual(): Promise<readonly WantedNic[]> {
    return (await this.list()).slice(0, 1).map((network) => ({ network, isRequired: false }))
  }

  /** @throws PolyvisorError bad-request: unknown networks, addresses that are not to be had */
  async wanted(requests: readonly NicRequest[]): Promise<readonly WantedNic[]> {
    if (requests.length > mostNics)
      throw badRequest('too-many-nics', `A server has ${mostNics} network interfaces at most.`)
    const nics: WantedNic[] = []
    for (const request of requests) nics.push(await this.#wantedNic(request))
    const addresses = nics.flatMap(({ address }) => address ?? [])
    if (new Set(addresses).size < addresses.length)
      throw badRequest('address-in-use', 'One address cannot be given to two network interfaces.')
    return nics
  }

  async #wantedNic({ networkId, address }: NicRequest): Promise<WantedNic> {
    const networks = await this.list()
    const network = networks.find(({ id }) => id === networkId)
    if (network === undefined)
      throw badRequest(
        'network-not-found',
        `Network ${networkId ?? ''} could not be found; ask for one that is listed.`,
      )
    if (address === undefined) return { network, isRequired: true }
    if (!isForGuests(address, readCidr(network.cidr))) {
      const text = `Fixed IP address ${address} is not one for servers of network ${network.id} (${network.cidr}).`
      throw badRequest('invalid-address', text)
    }
    if (await isAddressTaken(this.#db, network, address))
      throw badRequest('address-in-use', `Fixed IP address ${address} is already in use; choose another.`)
    return { network, address, isRequired: true }
  }
}
