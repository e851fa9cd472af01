/** What a simulated guest keeps of its administrator's password, as `/etc/shadow` would: enough to know it again. */
import { randomBytes, scryptSync } from 'node:crypto'

/** Cheap: it guards nothing but a simulation. */
const cost = { N: 256 }

export function hashPassword(password: string, salt: string = randomBytes(8).toString('hex')): string {
  return `${salt}$${scryptSync(password, salt, 32, cost).toString('hex')}`
}

export function isPassword(password: string, hash: string): boolean {
  return hashPassword(password, hash.split('$')[0]) === hash
}
