import type { Filter, HostState, Remedy, ScheduleRequest, Verdict } from '../types.ts'

/**
 * What the image says it needs: architecture, hypervisor, VM mode, and a disk format that the host can take. An image
 * that names neither hypervisor nor mode holds a disk that boots by itself (`hvm`), as nearly all do.
 */
export const imagePropertiesFilter: Filter = {
  name: 'image-properties',
  check(host, request) {
    for (const need of needs) {
      const wanted = wantedBy(request, need)
      const had = hadBy(host, need)
      if (wanted !== undefined && !had.includes(wanted.value.toLowerCase()))
        return {
          pass: false,
          reason: `the image wants another ${need.what}`,
          wanted: wanted.value,
          had: had.join(', '),
        }
    }
    return formatMismatch(request.diskFormats, host.capabilities.diskFormats) ?? { pass: true }
  },
  remedies(host, request) {
    const ofFormat = formatRemedies(host, request)
    const ofProperties = propertyRemedies(host, request)
    return ofFormat === undefined || ofProperties === undefined ? undefined : [...ofProperties, ...ofFormat]
  },
}

interface Need {
  readonly what: string
  /** Names of the property, the one that wins first. */
  readonly properties: readonly [string, ...string[]]
  readonly had: 'architectures' | 'hypervisorTypes' | 'vmModes' | 'firmwares'
  /** What is meant by an image that names neither a hypervisor nor a mode. */
  readonly otherwise?: string
}

const needs: readonly Need[] = [
  { what: 'architecture', properties: ['hw_architecture', 'architecture'], had: 'architectures' },
  { what: 'hypervisor type', properties: ['img_hv_type', 'hypervisor_type'], had: 'hypervisorTypes' },
  { what: 'VM mode', properties: ['hw_vm_mode', 'vm_mode'], had: 'vmModes', otherwise: 'hvm' },
  { what: 'firmware', properties: ['hw_firmware_type'], had: 'firmwares' },
]

function hadBy({ capabilities }: HostState, { had }: Need): readonly string[] {
  return had === 'firmwares' ? (capabilities.firmwares ?? ['bios']) : capabilities[had]
}

const typeProperties = ['img_hv_type', 'hypervisor_type']

function wantedBy(
  { imageProperties }: ScheduleRequest,
  need: Need,
): { readonly property: string; readonly value: string } | undefined {
  const [first] = need.properties
  const property = need.properties.find((name) => imageProperties[name] !== undefined) ?? first
  const value = imageProperties[property]
  if (value !== undefined) return { property, value }
  const isSilent = typeProperties.every((name) => imageProperties[name] === undefined)
  return need.otherwise !== undefined && isSilent ? { property: first, value: need.otherwise } : undefined
}

function formatMismatch(wanted: readonly string[], had: readonly string[]): Verdict | undefined {
  if (wanted.length === 0 || wanted.some((format) => had.includes(format))) return undefined
  return { pass: false, reason: "cannot take the image's disk format", wanted: wanted.join(', '), had: had.join(', ') }
}

/** @returns undefined when the host has no mode at all, and the image names none */
function propertyRemedies(host: HostState, request: ScheduleRequest): readonly Remedy[] | undefined {
  const remedies: Remedy[] = []
  for (const need of needs) {
    const oneOf = hadBy(host, need)
    const wanted = wantedBy(request, need)
    if (wanted === undefined || oneOf.includes(wanted.value.toLowerCase())) continue
    const present = need.properties.filter((property) => request.imageProperties[property] !== undefined)
    if (oneOf.length === 0 && present.length === 0) return undefined
    // Where any value is one too many, the name that now comes second has to go as well.
    const inTheWay = oneOf.length === 0 ? present : [wanted.property]
    remedies.push(...inTheWay.map((property) => ({ kind: 'image', property, oneOf }) as const))
  }
  return remedies
}

/** @returns undefined when the host takes no format at all */
function formatRemedies(host: HostState, request: ScheduleRequest): readonly Remedy[] | undefined {
  const { diskFormats } = host.capabilities
  if (formatMismatch(request.diskFormats, diskFormats) === undefined) return []
  return diskFormats.length === 0 ? undefined : [{ kind: 'image', property: 'disk_format', oneOf: diskFormats }]
}
