/**
 * What the emulator here has of what an image or the operator names: libvirt is asked, and a refusal lists what there is. Where
 * nobody names anything, nobody is asked.
 */
import type { VmSpec } from '../../src/driver/vm-spec.ts'
import { childNamed, parseXml, textOf, type XmlElement } from '../libvirt/xml-element.ts'
import { unsupported } from '../local/refusals.ts'
import type { Accelerator } from './accelerator.ts'
import type { QemuHost } from './host.ts'
import type { VmPlan } from './vm-plan.ts'

const architecture = 'x86_64'

/**
 * @returns the CPU that the guest gets
 * @throws DriverError UNSUPPORTED, with what the host has
 */
export async function assertOffered(
  host: QemuHost,
  { imageProperties }: VmSpec,
  { machine, video }: VmPlan,
  accelerator: Accelerator,
): Promise<Accelerator> {
  if (imageProperties['hw_machine_type'] !== undefined)
    assertOneOf('machine type', machine, machinesIn(await host.connection.call('capabilities', {})))
  if (imageProperties['hw_video_model'] === undefined && accelerator.cpuMode !== 'custom') return accelerator
  const { type } = accelerator
  const xml = await host.connection.call('domainCapabilities', { architecture, machine, type })
  if (imageProperties['hw_video_model'] !== undefined) assertOneOf('video model', video, videoModelsIn(xml))
  if (accelerator.cpuMode !== 'custom') return accelerator
  return { ...accelerator, cpuModel: chooseModel(host.config.cpuModels ?? [], cpuModelsIn(xml)) }
}

function assertOneOf(what: string, wanted: string, offered: readonly string[]): void {
  if (!offered.includes(wanted))
    throw unsupported(`This host has no ${what} ${wanted}; it has ${offered.toSorted().join(', ')}.`)
}

/** The operator's first that guests can have here. */
function chooseModel(wanted: readonly string[], usable: readonly string[]): string {
  const found = wanted.find((model) => usable.includes(model))
  if (found !== undefined) return found
  const had = usable.toSorted().join(', ')
  throw unsupported(`This host can give guests none of the CPU models ${wanted.join(', ')}; it can give ${had}.`)
}

/** Of libvirt's capabilities: the names of machine types, aliases among them. */
export function machinesIn(capabilities: string): readonly string[] {
  const arches = children(parseXml(capabilities), 'guest')
    .flatMap((guest) => children(guest, 'arch'))
    .filter(({ attributes }) => attributes['name'] === architecture)
  const machines = arches.flatMap((arch) => children(arch, 'machine'))
  return [
    ...new Set(machines.flatMap((machine) => [textOf(machine), machine.attributes['canonical'] ?? textOf(machine)])),
  ]
}

/** Of the capabilities of domains. */
export function videoModelsIn(capabilities: string): readonly string[] {
  const video = at(parseXml(capabilities), 'devices', 'video')
  const models = video && children(video, 'enum').find(({ attributes }) => attributes['name'] === 'modelType')
  return models === undefined ? [] : children(models, 'value').map(textOf)
}

/** Those that guests can run on here. */
export function cpuModelsIn(capabilities: string): readonly string[] {
  const cpu = at(parseXml(capabilities), 'cpu')
  const custom = cpu && children(cpu, 'mode').find(({ attributes }) => attributes['name'] === 'custom')
  if (custom === undefined) return []
  return children(custom, 'model').flatMap((model) => (model.attributes['usable'] === 'no' ? [] : [textOf(model)]))
}

function children(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child): child is XmlElement => typeof child === 'object' && child.name === name)
}

function at(root: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  let found: XmlElement | undefined = root
  for (const name of path) found = found && childNamed(found, name)
  return found
}
