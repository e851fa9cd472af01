/** Keystone's way to write a moment: UTC, with six digits that are always zero. */
export function keystoneTime(ms: number): string {
  return `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19)}.000000Z`
}
