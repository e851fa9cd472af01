/** Why tests that need real QEMU guests must be skipped here, or false. */
import { existsSync } from 'node:fs'

const wanted = ['/usr/bin/qemu-system-x86_64', '/usr/sbin/libvirtd', '/usr/bin/virsh', '/usr/bin/qemu-img']
const missing = wanted.filter((path) => !existsSync(path))

export const qemuMissing =
  missing.length === 0 ? false : `${missing.join(', ')} missing; run: sh scripts/setup.sh runtime tests`
