/** Raw has no structure of its own: a boot sector or a partition table inside it belongs to the guest. */
export const rawSectorBytes = 512
