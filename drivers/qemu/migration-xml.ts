/** A guest's definition as its destination shall have it: the one it runs by, with the destination's paths and mark. Pure. */
import { markElement, markNamespace, type Mark } from '../libvirt/mark.ts'
import { element, parseXml, serializeXml, type XmlElement } from '../libvirt/xml-element.ts'

export interface Relocation {
  readonly fromDir: string
  readonly toDir: string
  readonly mark: Mark
  /** Whether the drives lie where several hosts see them: then past the cache of each. */
  readonly isShared: boolean
}

/** @param xml of the running domain, as libvirt gives it for a migration */
export function relocatedXml(xml: string, relocation: Relocation): string {
  return serializeXml(relocate(parseXml(xml), relocation))
}

function relocate(found: XmlElement, relocation: Relocation): XmlElement {
  if (found.name === 'metadata')
    return { ...found, children: found.children.flatMap((child) => ownMark(child, relocation)) }
  // The disks there stand on nothing: the whole of them goes over.
  if (found.name === 'backingStore') return element('backingStore')
  const children = found.children
    // Each host has an emulator of its own.
    .filter((child) => typeof child === 'string' || child.name !== 'emulator')
    .map((child) => (typeof child === 'string' ? child : relocate(child, relocation)))
  const isDrive = found.name === 'disk' && found.attributes['device'] !== 'cdrom'
  return {
    ...found,
    attributes: movedPaths(found.attributes, relocation),
    children: isDrive ? children.map((child) => withCache(child, relocation)) : children,
  }
}

function withCache(child: XmlElement | string, { isShared }: Relocation): XmlElement | string {
  if (typeof child === 'string' || child.name !== 'driver') return child
  const { cache: _, ...attributes } = child.attributes
  return { ...child, attributes: { ...attributes, ...(isShared ? { cache: 'none' } : {}) } }
}

function ownMark(child: XmlElement | string, { mark }: Relocation): (XmlElement | string)[] {
  if (typeof child === 'string') return []
  return [Object.values(child.attributes).includes(markNamespace) ? markElement(mark) : child]
}

function movedPaths(
  attributes: XmlElement['attributes'],
  { fromDir, toDir }: Relocation,
): Readonly<Record<string, string>> {
  const { file } = attributes
  if (file?.startsWith(`${fromDir}/`) !== true) return attributes
  return { ...attributes, file: `${toDir}${file.slice(fromDir.length)}` }
}
