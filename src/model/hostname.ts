import type { Instance } from './instance.ts'

/** The guest's name as asked for, else made of the server's name as Nova makes it. */
export function hostNameOf({ id, name, attributes }: Pick<Instance, 'id' | 'name' | 'attributes'>): string {
  if (attributes?.hostname !== undefined) return attributes.hostname
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ _.]/g, '-')
    .replace(/[^a-z0-9-]/g, '')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63)
  return plain === '' ? `server-${id}` : plain
}
