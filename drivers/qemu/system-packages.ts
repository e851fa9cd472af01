/** What a machine needs for the qemu driver; set-up scripts print `requiredPackages`. */
import type { SystemPackage } from '../local/system-packages.ts'
import { libvirtPackages, qemuPackages } from '../libvirt/packages.ts'

export { installCommand, missingPackages, missingPackagesMessage } from '../local/system-packages.ts'

/** Everything that guests on this machine need. */
export const requiredPackages: readonly SystemPackage[] = [...libvirtPackages, ...qemuPackages]

/** Where somebody else runs libvirtd, perhaps on another machine, only the client's library matters here. */
export function neededPackages(isOwnDaemon: boolean): readonly SystemPackage[] {
  return isOwnDaemon ? requiredPackages : requiredPackages.filter(({ name }) => name === 'libvirt0')
}
