import type { Handler } from '../handler.ts'
import { readAmount, readBoolean } from '../requests/words.ts'
import { flavorView } from '../views/flavor.ts'

export const createFlavor: Handler<'createFlavor'> = async (request, services) => {
  const wanted = request.body.flavor
  const isMadeUp = wanted.id === undefined || wanted.id === null || wanted.id === 'auto'
  const flavor = await services.flavors.create({
    ...(isMadeUp ? {} : { id: String(wanted.id) }),
    name: wanted.name,
    vcpus: readAmount('flavor.vcpus', wanted.vcpus, 1),
    memoryMb: readAmount('flavor.ram', wanted.ram, 1),
    diskGb: readAmount('flavor.disk', wanted.disk, 0),
    ephemeralGb: readAmount('flavor.OS-FLV-EXT-DATA:ephemeral', wanted['OS-FLV-EXT-DATA:ephemeral'], 0),
    swapMb: readAmount('flavor.swap', wanted.swap, 0),
    rxtxFactor: readAmount('flavor.rxtx_factor', wanted.rxtx_factor, 1),
    isPublic: readBoolean('flavor.os-flavor-access:is_public', wanted['os-flavor-access:is_public'] ?? true),
    description: wanted.description ?? null,
  })
  const base = { publicUrl: services.publicUrl, root: request.root }
  return { status: 200, body: { flavor: flavorView(flavor, base, request.microversion) } }
}
