/** Flavors as Nova shows them at each microversion. */
import type { Microversion } from '../../contract/microversion.ts'
import type { components } from '../../contract/types.gen.ts'
import type { Flavor } from '../../model/flavor.ts'
import { resourceLinks, type LinkBase } from './links.ts'

type FlavorView = components['schemas']['Flavor']
type FlavorSummaryView = components['schemas']['FlavorSummary']
type EmbeddedFlavorView = components['schemas']['EmbeddedFlavor']

export function flavorSummaryView(flavor: Flavor, base: LinkBase, version: Microversion): FlavorSummaryView {
  return {
    id: flavor.id,
    name: flavor.name,
    links: resourceLinks(base, 'flavors', flavor.id),
    ...(version >= 55 ? { description: flavor.description } : {}),
  }
}

export function flavorView(flavor: Flavor, base: LinkBase, version: Microversion): FlavorView {
  return {
    ...flavorSummaryView(flavor, base, version),
    ram: flavor.memoryMb,
    disk: flavor.diskGb,
    vcpus: flavor.vcpus,
    swap: version < 75 && flavor.swapMb === 0 ? '' : flavor.swapMb,
    'OS-FLV-EXT-DATA:ephemeral': flavor.ephemeralGb,
    'OS-FLV-DISABLED:disabled': flavor.disabled,
    'os-flavor-access:is_public': flavor.isPublic,
    rxtx_factor: flavor.rxtxFactor,
    ...(version >= 61 ? { extra_specs: { ...flavor.extraSpecs } } : {}),
  }
}

/** Inside a server, from 2.47 on: what the flavor was when the server was made. */
export function embeddedFlavorView(flavor: Flavor): EmbeddedFlavorView {
  return {
    vcpus: flavor.vcpus,
    ram: flavor.memoryMb,
    disk: flavor.diskGb,
    ephemeral: flavor.ephemeralGb,
    swap: flavor.swapMb,
    original_name: flavor.name,
    extra_specs: { ...flavor.extraSpecs },
  }
}

export function flavorAccessView(id: string, projects: readonly string[]): components['schemas']['FlavorAccess'] {
  return projects.map((projectId) => ({ flavor_id: id, tenant_id: projectId }))
}
