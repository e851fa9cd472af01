/** Disk formats by the names that the service uses everywhere; OpenStack's `vpc` for `vhd` exists at the HTTP edge only. */
export const diskFormats = ['raw', 'qcow2', 'vmdk', 'vhd', 'vhdx', 'vdi', 'iso'] as const
export type DiskFormat = (typeof diskFormats)[number]
