/** The devices of a domain as its XML has them, live or stored. Pure. */
import { childNamed, parseXml, type XmlElement } from '../libvirt/xml-element.ts'

export interface DefinedDevice {
  /** libvirt's own name of it; of a guest that runs only, but for those that begin with `ua-`. */
  readonly alias: string | undefined
}

/** @returns undefined when no disk stands in that file */
export function findDisk(xml: string, path: string): DefinedDevice | undefined {
  const found = devicesOf(xml, 'disk').find((disk) => childNamed(disk, 'source')?.attributes['file'] === path)
  return found && { alias: aliasOf(found) }
}

/** @param macAddress lower case */
export function findNic(xml: string, macAddress: string): DefinedDevice | undefined {
  const found = devicesOf(xml, 'interface').find(
    (nic) => childNamed(nic, 'mac')?.attributes['address']?.toLowerCase() === macAddress,
  )
  return found && { alias: aliasOf(found) }
}

/** `vda`, `sdb`: names of disks that are taken. */
export function takenTargets(xml: string): ReadonlySet<string> {
  return new Set(devicesOf(xml, 'disk').flatMap((disk) => childNamed(disk, 'target')?.attributes['dev'] ?? []))
}

/** Aliases of its NICs, in the order in which libvirt counts them. */
export function nicAliases(xml: string): readonly (string | undefined)[] {
  return devicesOf(xml, 'interface').map(aliasOf)
}

function devicesOf(xml: string, name: string): readonly XmlElement[] {
  const children = childNamed(parseXml(xml), 'devices')?.children ?? []
  return children.filter((child): child is XmlElement => typeof child === 'object' && child.name === name)
}

function aliasOf(device: XmlElement): string | undefined {
  return childNamed(device, 'alias')?.attributes['name']
}
