import { randomBytes } from 'node:crypto'

/**
 * A secret of `bytes` random bytes as base64url, made to be handed to people.
 * It never begins with `-`: `openstack token revoke -xH…` reads that as an option.
 */
export function randomText(bytes: number, draw: (size: number) => Buffer = randomBytes): string {
  for (;;) {
    const text = draw(bytes).toString('base64url')
    if (!text.startsWith('-')) return text
  }
}
