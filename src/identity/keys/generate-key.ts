/**
 * Makes key pairs. RSA of 2048 bits, because everything reads it: old SSH libraries, and Windows guests, which encrypt
 * their password with it. Made in libuv's thread pool, few at a time.
 */
import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { PolyvisorError } from '../../model/errors.ts'
import type { KeypairType } from '../../model/keypair.ts'
import { createLimiter } from '../../util/limiter.ts'
import { rsaLine } from './ssh-public-key.ts'
import { selfSigned } from './x509-certificate.ts'

export interface GeneratedKey {
  readonly publicKey: string
  readonly fingerprint: string
  /** PEM. Shown to its owner once and kept nowhere. */
  readonly privateKey: string
}

const limited = createLimiter({
  atOnce: 2,
  maxWaiting: 200,
  whenFull: () =>
    new PolyvisorError(
      'unavailable',
      'too-many-keys',
      'Too many key pairs are being made. Try again in a few seconds.',
    ),
})

/** @param user whom a certificate lets in */
export async function generateKey(type: KeypairType, user: string, nowMs: number): Promise<GeneratedKey> {
  const keys = await limited(() => promisify(generateKeyPair)('rsa', { modulusLength: 2048 }))
  const privateKey = keys.privateKey.export({ type: type === 'ssh' ? 'pkcs1' : 'pkcs8', format: 'pem' }).toString()
  return { ...publicHalf(type, keys, user, nowMs), privateKey }
}

function publicHalf(
  type: KeypairType,
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  user: string,
  nowMs: number,
): Omit<GeneratedKey, 'privateKey'> {
  if (type === 'x509') {
    const { pem, fingerprint } = selfSigned(keys, user, nowMs)
    return { publicKey: pem, fingerprint }
  }
  const { line, fingerprint } = rsaLine(keys.publicKey, 'Generated-by-Polyvisor')
  return { publicKey: line, fingerprint }
}
