/** The body of a server's creation in the service's words; what we cannot build yet is refused by name, never dropped. */
import { badRequest, PolyvisorError } from '../../model/errors.ts'
import type { Flavor } from '../../model/flavor.ts'
import type { ImageRecord } from '../../model/image.ts'
import type { InstanceAttributes } from '../../model/instance.ts'
import type { WantedNic } from '../../model/network.ts'
import { defaultGroupName } from '../../model/security-group.ts'
import type { AuthContext } from '../../model/token.ts'
import type { CreateInstance } from '../../operations/instance-service-types.ts'
import type { ApiRequest } from '../handler.ts'
import type { Services } from '../services.ts'
import { projectOf } from './caller.ts'
import { readPlace } from './server-place.ts'
import { readHints } from './scheduler-hints.ts'
import { readAmount, readBoolean } from './words.ts'

type Body = ApiRequest<'createServer'>['body']
type ServerBody = Body['server']

/** One request may ask for this many servers. */
const maxCount = 100

/** @throws PolyvisorError bad-request, not-implemented */
export async function readCreateServer(body: Body, auth: AuthContext, services: Services): Promise<CreateInstance> {
  const { server } = body
  refuseUnbuilt(body)
  const place = await readPlace(server, auth, services)
  const key = await findKey(server.key_name, auth, services)
  const [flavor, image] = [await findFlavor(server, auth, services), await findImage(server, auth, services)]
  const [count, nics] = [readCount(server), await readNics(server, services)]
  if (count.max > 1 && nics.some(({ address }) => address !== undefined))
    throw badRequest('one-fixed-ip', 'Only one server can be created when a fixed IP address is specified.')
  return {
    name: server.name,
    ...(typeof server.description === 'string' ? { description: server.description } : {}),
    flavor,
    image,
    count,
    metadata: server.metadata ?? {},
    attributes: {
      ...readAttributes(server),
      ...readFiles(server),
      ...(await readGroups(server, auth, services)),
      ...key,
    },
    ...(server.key_name === undefined ? {} : { keyName: server.key_name }),
    ...(server.user_data === undefined ? {} : { userData: checkedBase64(server.user_data) }),
    configDrive: server.config_drive === undefined ? false : readBoolean('server.config_drive', server.config_drive),
    ...place,
    nics,
    ...(await readHints(body, auth, services)),
  }
}

/** Whether the answer names all servers of the request instead of describing the first. */
export function wantsReservation({ return_reservation_id: wanted }: ServerBody): boolean {
  return wanted !== undefined && readBoolean('server.return_reservation_id', wanted)
}

/** Files for the guest: those of the request replace all that there were. */
export function readFiles({ personality = [] }: Pick<ServerBody, 'personality'>): InstanceAttributes {
  if (personality.length === 0) return {}
  const injectedFiles = personality.map(({ path, contents }) => ({
    path,
    base64: checkedBase64(contents, `Personality content for ${path}`),
  }))
  return { injectedFiles }
}

/** What creation and update have in common. */
export function readAttributes(
  server: Pick<ServerBody, 'accessIPv4' | 'accessIPv6' | 'OS-DCF:diskConfig' | 'hostname' | 'tags'>,
): InstanceAttributes {
  return {
    ...(server.tags === undefined ? {} : { tags: [...new Set(server.tags)] }),
    ...(server.hostname === undefined ? {} : { hostname: server.hostname }),
    ...(server.accessIPv4 === undefined ? {} : { accessIpV4: server.accessIPv4 }),
    ...(server.accessIPv6 === undefined ? {} : { accessIpV6: canonicalIpV6(server.accessIPv6) }),
    ...(server['OS-DCF:diskConfig'] === undefined ? {} : { diskConfig: server['OS-DCF:diskConfig'] }),
  }
}

/** One address, one text: what URLs make of it is what Nova shows. */
function canonicalIpV6(address: string): string {
  return address === '' ? '' : new URL(`http://[${address}]/`).hostname.slice(1, -1)
}

function refuseUnbuilt(body: Body): void {
  const { server } = body
  const isRequested = (list: readonly unknown[] | undefined | null) =>
    list !== undefined && list !== null && list.length > 0
  const others: Readonly<Record<string, boolean>> = {
    block_device_mapping: isRequested(server.block_device_mapping),
    block_device_mapping_v2: isRequested(server.block_device_mapping_v2),
  }
  for (const [field, isUsed] of Object.entries(others))
    if (isUsed) throw unbuilt(field, 'it is not built yet; leave it out')
  refuseCertificates(server)
}

/** Nobody here keeps certificates, so no signature can be verified: who asks for that must not get a server without it. */
export function refuseCertificates({
  trusted_image_certificates: ids,
}: Pick<ServerBody, 'trusted_image_certificates'>): void {
  if (ids === undefined || ids === null || ids.length === 0) return
  throw badRequest(
    'certificates-unknown',
    'The image’s signature cannot be verified: this cloud keeps no certificates. Leave trusted_image_certificates out to do without.',
  )
}

/** Whoever asks for nothing particular has one on the shared network. */
async function readNics({ networks }: ServerBody, services: Services): Promise<readonly WantedNic[]> {
  if (networks === 'none') return []
  if (!Array.isArray(networks) || networks.length === 0) return services.networks.usual()
  for (const { port, tag } of networks) {
    if (port !== undefined && port !== null) throw unbuilt('a port', 'ports are not built yet; name a network')
    if (tag !== undefined) throw unbuilt('a tag of a network', 'it is not built yet; leave it out')
  }
  return services.networks.wanted(networks.map(({ uuid, fixed_ip: address }) => ({ networkId: uuid, address })))
}

/** Whoever names none, or the default one alone, has that. */
async function readGroups(
  server: ServerBody,
  auth: AuthContext,
  services: Services,
): Promise<Pick<InstanceAttributes, 'securityGroupIds'>> {
  const names = (server.security_groups ?? []).map(({ name }) => name)
  if (names.every((name) => name === defaultGroupName)) return {}
  return { securityGroupIds: await services.securityGroups.idsOfNames(projectOf(auth), names) }
}

function unbuilt(field: string, why: string): PolyvisorError {
  return new PolyvisorError('not-implemented', 'field-not-built', `The server cannot be created with ${field}: ${why}.`)
}

/** As it is now: guests have it, whatever becomes of the key pair. */
export async function findKey(
  name: string | undefined,
  auth: AuthContext,
  services: Services,
): Promise<Pick<InstanceAttributes, 'publicKey'>> {
  if (name === undefined) return {}
  try {
    const { type, publicKey } = await services.keypairs.get(auth.userId, name)
    return { publicKey: { type, publicKey } }
  } catch (error) {
    if (!(error instanceof PolyvisorError)) throw error
    throw badRequest('key-not-found', 'Invalid key_name provided: you have no key pair of that name.')
  }
}

export async function findFlavor(
  server: Pick<ServerBody, 'flavorRef'>,
  auth: AuthContext,
  services: Services,
): Promise<Flavor> {
  const id = lastPart(String(server.flavorRef))
  const flavor = await asBadRequest(() => services.flavors.get(id, auth))
  if (!flavor.disabled) return flavor
  throw badRequest('flavor-disabled', `Flavor ${id} is disabled; choose another.`)
}

export async function findImage(
  server: Pick<ServerBody, 'imageRef'>,
  auth: AuthContext,
  services: Services,
): Promise<ImageRecord> {
  const id = lastPart(server.imageRef ?? '')
  if (id === '') throw badRequest('image-missing', 'Invalid imageRef provided: name the image to boot from.')
  return asBadRequest(() => services.images.getForBoot(id, projectOf(auth), { isAdmin: auth.isAdmin }))
}

/** What the body names and does not exist is a mistake of the body; a 404 would be about the path. */
async function asBadRequest<T>(find: () => Promise<T>): Promise<T> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof PolyvisorError && error.kind === 'not-found') throw badRequest(error.code, error.message)
    throw error
  }
}

function readCount(server: ServerBody): { min: number; max: number } {
  const min = readAmount('server.min_count', server.min_count, 1)
  const max = readAmount('server.max_count', server.max_count, min)
  if (min > max) throw badRequest('count-range', 'min_count must be less than or equal to max_count.')
  if (max > maxCount) throw badRequest('count-too-large', `One request may ask for ${maxCount} servers at most.`)
  return { min, max }
}

export function checkedBase64(text: string, what = 'Userdata content'): string {
  const plain = text.replace(/\s+/g, '')
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(plain) && plain.length % 4 === 0) return plain
  throw badRequest('invalid-base64', `${what} cannot be decoded: it must be Base64.`)
}

function lastPart(reference: string): string {
  return reference.split('/').at(-1) ?? reference
}
