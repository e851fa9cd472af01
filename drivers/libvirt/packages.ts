/** What a machine needs for drivers on libvirt. */
import { join } from 'node:path'
import type { SystemPackage } from '../local/system-packages.ts'

const libraryFolders = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/usr/local/lib',
]
const inLibraryFolders = (path: string): string[] => libraryFolders.map((folder) => join(folder, path))

export const libvirtPackages: readonly SystemPackage[] = [
  { name: 'libvirt0', provides: 'the library libvirt.so.0', oneOf: inLibraryFolders('libvirt.so.0') },
  { name: 'libvirt-daemon', provides: 'the daemon libvirtd', oneOf: ['libvirtd'] },
  {
    name: 'libvirt-daemon-driver-qemu',
    provides: "libvirt's QEMU driver",
    oneOf: inLibraryFolders('libvirt/connection-driver/libvirt_driver_qemu.so'),
  },
]

export const qemuPackages: readonly SystemPackage[] = [
  { name: 'qemu-system-x86', provides: 'the emulator qemu-system-x86_64', oneOf: ['qemu-system-x86_64'] },
]
