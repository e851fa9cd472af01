/** One disk as its domain's definition has it: ours to trust, unlike what stands in the disk itself. Pure. */
import { childNamed, parseXml, type XmlElement } from '../libvirt/xml-element.ts'

export interface DefinedDisk {
  /** `vda` */
  readonly target: string
  readonly backing?: { readonly path: string; readonly format: 'raw' | 'qcow2' }
}

/** @param xml of the whole domain. @returns undefined when it has no disk in that file */
export function findDefinedDisk(xml: string, path: string): DefinedDisk | undefined {
  const devices = childNamed(parseXml(xml), 'devices')
  for (const disk of elementsOf(devices)) {
    const target = childNamed(disk, 'target')?.attributes['dev']
    if (disk.name !== 'disk' || target === undefined || fileOf(disk) !== path) continue
    const below = childNamed(disk, 'backingStore')
    const file = below === undefined ? undefined : fileOf(below)
    if (below === undefined || file === undefined) return { target }
    const format = childNamed(below, 'format')?.attributes['type'] === 'qcow2' ? 'qcow2' : 'raw'
    return { target, backing: { path: file, format } }
  }
  return undefined
}

function fileOf(parent: XmlElement): string | undefined {
  return childNamed(parent, 'source')?.attributes['file']
}

function elementsOf(parent: XmlElement | undefined): readonly XmlElement[] {
  return (parent?.children ?? []).filter((child): child is XmlElement => typeof child === 'object')
}
