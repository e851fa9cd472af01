/** A request to bring a shelved instance back, judged within the transaction that begins it. */
import { badRequest, conflict } from '../model/errors.ts'
import type { Instance } from '../model/instance.ts'
import type { Db } from '../store/database.ts'
import { listHosts } from '../store/hosts.ts'
import { findImage } from '../store/images.ts'
import type { JsonObject } from '../util/json.ts'
import { toImageRef } from './boot-request.ts'
import type { UnshelveInstance } from './instance-service-types.ts'

export interface PreparedUnshelve {
  readonly kind: string
  readonly input: JsonObject
  readonly changes: Record<never, never>
}

const longestName = 255

/** Nova's name for the image of a shelved server, cut to what names may have. */
export function shelvedName(name: string): string {
  const ending = '-shelved'
  return `${[...name].slice(0, longestName - ending.length).join('')}${ending}`
}

/** @throws PolyvisorError conflict, bad-request */
export async function prepareUnshelve(
  trx: Db,
  instance: Instance,
  { availabilityZone, host }: UnshelveInstance,
): Promise<PreparedUnshelve> {
  if (instance.vmState === 'shelved') {
    if (availabilityZone !== undefined || host !== undefined) {
      const message = `Instance ${instance.id} is still on its host and comes back there; leave availability_zone and host out, or offload it first.`
      throw conflict('still-on-host', message)
    }
    return { kind: 'instance-unshelve-in-place', input: {}, changes: {} }
  }
  const image = instance.shelved === null ? undefined : await findImage(trx, instance.shelved.imageId)
  if (image === undefined) {
    throw conflict('shelved-image-gone', `The image that instance ${instance.id} was shelved into is gone; delete it.`)
  }
  const input = {
    image: { ...toImageRef(image) },
    nics: instance.nics.map(({ network, address }) => ({ network: { ...network }, address, isRequired: true })),
    ...(host === undefined ? {} : { hostId: await hostNamed(trx, host) }),
    ...(availabilityZone === undefined ? {} : { availabilityZone }),
  }
  return { kind: 'instance-unshelve', input, changes: {} }
}

async function hostNamed(trx: Db, name: string): Promise<string> {
  const found = (await listHosts(trx)).find((host) => host.name === name)
  if (found === undefined) throw badRequest('host-not-found', `Compute host ${name} could not be found.`)
  return found.id
}
