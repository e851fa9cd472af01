import { randomUUID } from 'node:crypto'

/** A fresh identifier of 32 hexadecimal digits, as Keystone's. */
export function newIdentityId(): string {
  return randomUUID().replaceAll('-', '')
}
