/**
 * A libvirt domain definition as data. Knows libvirt's element names and nothing of our specs: each driver on libvirt
 * translates its spec into a `DomainDefinition`. Reference: libvirt.org/formatdomain.html.
 */
import type { CpuLimits, DiskLimits, VmLimits } from '../../src/model/limits.ts'
import { cpuLimitsElement, diskLimitsElement, nicLimitsElement } from './limits-xml.ts'
import { element, serializeXml } from './xml-element.ts'
import type { XmlElement } from './xml-element.ts'

export interface DomainDisk {
  readonly path: string
  readonly format: 'raw' | 'qcow2'
  /** The whole chain below, explicitly: libvirt shall never probe a file for what it stands on. Absent: no backing file. */
  readonly backing?: { readonly path: string; readonly format: 'raw' | 'qcow2' }
  /** `vda`, `sdb`, `hda`. */
  readonly target: string
  readonly bus: 'virtio' | 'scsi' | 'ide' | 'sata' | 'usb'
  readonly serial?: string
  readonly bootOrder?: number
  readonly readOnly?: boolean
  /** Absent: a disk. */
  readonly device?: 'cdrom'
  readonly limits?: DiskLimits
  /** Past this host's cache, since other hosts read the file too. */
  readonly isDirect?: boolean
}

/** What names of devices begin with that are ours to give. */
export const ownAlias = 'ua-'

export interface DomainInterface {
  readonly type: 'user'
  /** It leads nowhere: libvirt's own type for that (`null`) cannot be attached to QEMU, and ends libvirtd 9 at the start. */
  readonly isUnplugged?: true
  /** By which the hypervisor's own figures tell it from others. Letters, digits and `-`. */
  readonly id: string
  readonly macAddress: string
  readonly model: string
  readonly limits?: VmLimits['nic']
}

/** libvirt's names, as in `hw_video_model`. */
export const videoModels = ['vga', 'virtio', 'qxl', 'cirrus', 'bochs', 'none'] as const
export type VideoModel = (typeof videoModels)[number]

export interface DomainDefinition {
  readonly type: 'qemu' | 'kvm' | 'xen' | 'test'
  readonly uuid: string
  /** Unique on the host, ASCII; the label for people is `title`. */
  readonly name: string
  readonly title: string
  /** Elements inside <metadata>: our mark. */
  readonly metadata: readonly XmlElement[]
  readonly memoryBytes: number
  readonly vcpus: number
  readonly cpuLimits?: CpuLimits
  readonly architecture: string
  readonly machine: string
  /** Absent: a BIOS. */
  readonly uefi?: { readonly code: string; readonly variables: string }
  /** `maximum`: everything that the emulator or the host can do. */
  readonly cpuMode: 'maximum' | 'host-passthrough' | 'host-model' | 'custom'
  /** With `custom` alone. */
  readonly cpuModel?: string
  /** Absent: vga. With `none` there is no screen to be reached either. */
  readonly video?: VideoModel
  readonly disks: readonly DomainDisk[]
  readonly interfaces: readonly DomainInterface[]
  /** A channel to an agent in the guest, whose socket is where libvirt puts it. */
  readonly hasAgentChannel?: boolean
  /** Where the guest's first serial port is written to, beside being offered as a pty. */
  readonly consoleLogPath: string
}

export function domainXml(domain: DomainDefinition): string {
  return serializeXml(domainElement(domain))
}

/** As it is handed to a domain that is there. */
export function diskXml(disk: DomainDisk): string {
  return serializeXml(diskElement(disk))
}

export function interfaceXml(nic: DomainInterface): string {
  return serializeXml(interfaceElement(nic))
}

export function domainElement(domain: DomainDefinition): XmlElement {
  return element(
    'domain',
    { type: domain.type },
    element('name', {}, domain.name),
    element('uuid', {}, domain.uuid),
    // libvirt refuses line ends in titles
    element('title', {}, domain.title.replaceAll(/[\r\n]+/g, ' ')),
    element('metadata', {}, ...domain.metadata),
    element('memory', { unit: 'b' }, String(domain.memoryBytes)),
    element('vcpu', {}, String(domain.vcpus)),
    domain.cpuLimits && cpuLimitsElement(domain.cpuLimits),
    element(
      'os',
      {},
      element('type', { arch: domain.architecture, machine: domain.machine }, 'hvm'),
      domain.uefi && element('loader', { readonly: 'yes', type: 'pflash' }, domain.uefi.code),
      domain.uefi && element('nvram', {}, domain.uefi.variables),
    ),
    element('features', {}, element('acpi'), element('apic')),
    cpuElement(domain),
    element('clock', { offset: 'utc' }),
    element('on_poweroff', {}, 'destroy'),
    element('on_reboot', {}, 'restart'),
    element('on_crash', {}, 'destroy'),
    devicesElement(domain),
  )
}

function devicesElement(domain: DomainDefinition): XmlElement {
  const needsUsb = domain.disks.some((disk) => disk.bus === 'usb')
  const needsScsi = domain.disks.some((disk) => disk.bus === 'scsi')
  return element(
    'devices',
    {},
    ...domain.disks.map(diskElement),
    needsScsi && element('controller', { type: 'scsi', index: 0, model: 'virtio-scsi' }),
    ...rootPorts(domain),
    !needsUsb && element('controller', { type: 'usb', model: 'none' }),
    ...domain.interfaces.map(interfaceElement),
    element(
      'serial',
      { type: 'pty' },
      element('log', { file: domain.consoleLogPath, append: 'on' }),
      element('target', { port: 0 }),
    ),
    domain.hasAgentChannel === true &&
      element('channel', { type: 'unix' }, element('target', { type: 'virtio', name: 'org.qemu.guest_agent.0' })),
    // Reached through libvirt alone: it listens nowhere.
    domain.video !== 'none' && element('graphics', { type: 'vnc' }, element('listen', { type: 'none' })),
    element('video', {}, element('model', { type: domain.video ?? 'vga' })),
    element('memballoon', { model: 'none' }),
    element('rng', { model: 'virtio' }, element('backend', { model: 'random' }, '/dev/urandom')),
  )
}

function cpuElement({ cpuMode, cpuModel }: DomainDefinition): XmlElement {
  if (cpuMode !== 'custom') return element('cpu', { mode: cpuMode })
  return element('cpu', { mode: 'custom', match: 'exact' }, element('model', { fallback: 'forbid' }, cpuModel))
}

/** Where a PCI Express machine takes further devices while its guest runs; what has a port of its own needs one too. */
const spareRootPorts = 6

function rootPorts({ machine, disks, interfaces, hasAgentChannel }: DomainDefinition): XmlElement[] {
  if (!machine.includes('q35')) return []
  const taken =
    2 + disks.filter(({ bus }) => bus === 'virtio').length + interfaces.length + (hasAgentChannel === true ? 1 : 0)
  const root = element('controller', { type: 'pci', index: 0, model: 'pcie-root' })
  const ports = Array.from({ length: taken + spareRootPorts }, (_, index) =>
    element('controller', { type: 'pci', index: index + 1, model: 'pcie-root-port' }),
  )
  return [root, ...ports]
}

function diskElement(disk: DomainDisk): XmlElement {
  return element(
    'disk',
    { type: 'file', device: disk.device ?? 'disk' },
    element('driver', {
      name: 'qemu',
      type: disk.format,
      ...(disk.isDirect === true ? { cache: 'none' } : {}),
      ...(disk.device === 'cdrom' ? {} : { discard: 'unmap' }),
    }),
    element('source', { file: disk.path }),
    backingElement(disk.backing),
    element('target', { dev: disk.target, bus: disk.bus }),
    disk.limits && diskLimitsElement(disk.limits),
    disk.serial !== undefined && element('serial', {}, disk.serial),
    disk.bootOrder !== undefined && element('boot', { order: disk.bootOrder }),
    disk.readOnly === true && element('readonly'),
  )
}

/** An empty <backingStore/> ends the chain. */
function backingElement(backing: DomainDisk['backing']): XmlElement {
  if (backing === undefined) return element('backingStore')
  return element(
    'backingStore',
    { type: 'file' },
    element('format', { type: backing.format }),
    element('source', { file: backing.path }),
    element('backingStore'),
  )
}

function interfaceElement(nic: DomainInterface): XmlElement {
  return element(
    'interface',
    { type: nic.type },
    element('mac', { address: nic.macAddress }),
    element('model', { type: nic.model }),
    nic.limits && nicLimitsElement(nic.limits),
    nic.isUnplugged === true && element('link', { state: 'down' }),
    element('alias', { name: `${ownAlias}${nic.id}` }),
  )
}
