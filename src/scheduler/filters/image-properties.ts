import type { Filter, Verdict } from '../types.ts'

/** What the image says it needs: architecture, hypervisor, VM mode, and a disk format that the host can take. */
export const imagePropertiesFilter: Filter = {
  name: 'image-properties',
  check(host, request) {
    const { capabilities } = host
    const properties = request.imageProperties
    return (
      mismatch(
        'architecture',
        properties['hw_architecture'] ?? properties['architecture'],
        capabilities.architectures,
      ) ??
      mismatch(
        'hypervisor type',
        properties['img_hv_type'] ?? properties['hypervisor_type'],
        capabilities.hypervisorTypes,
      ) ??
      mismatch('VM mode', properties['hw_vm_mode'] ?? properties['vm_mode'], capabilities.vmModes) ??
      formatMismatch(request.diskFormats, capabilities.diskFormats) ?? { pass: true }
    )
  },
}

function mismatch(what: string, wanted: string | undefined, had: readonly string[]): Verdict | undefined {
  if (wanted === undefined || had.includes(wanted.toLowerCase())) return undefined
  return { pass: false, reason: `the image wants another ${what}`, wanted, had: had.join(', ') }
}

function formatMismatch(wanted: readonly string[], had: readonly string[]): Verdict | undefined {
  if (wanted.length === 0 || wanted.some((format) => had.includes(format))) return undefined
  return { pass: false, reason: "cannot take the image's disk format", wanted: wanted.join(', '), had: had.join(', ') }
}
