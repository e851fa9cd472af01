/**
 * OpenSSH public keys: one line of type, Base64 and comment. What comes from outside is taken apart to its last byte,
 * since guests will put the line into their authorized_keys: one that holds a second line would let somebody else in.
 */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { badRequest, type PolyvisorError } from '../../model/errors.ts'
import { unsigned } from '../../util/der.ts'

export interface SshPublicKey {
  /** The line, without blanks around it. */
  readonly line: string
  /** md5 of the key's bytes, colon-separated, as Nova shows it. */
  readonly fingerprint: string
}

const linePattern = /^([a-z0-9@.-]{1,64})[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]+[^\p{Cc}]*)?$/u
const minRsaBits = 1_024
const maxRsaBits = 16_384

/** @throws PolyvisorError bad-request; the text never repeats the key */
export function parseSshPublicKey(text: string): SshPublicKey {
  const line = text.trim()
  const match = linePattern.exec(line)
  if (match === null) throw invalid('it must be one line: the type, the key in Base64, and a comment if you like')
  const [, type = '', base64 = ''] = match
  const blob = Buffer.from(base64, 'base64')
  if (blob.toString('base64').replaceAll('=', '') !== base64.replaceAll('=', '')) throw invalid('its Base64 is broken')
  const fields = new WireFields(blob)
  if (fields.next().toString('latin1') !== type) throw invalid('its bytes are not of the type that the line names')
  checkFields(type, fields)
  if (!fields.isAtEnd) throw invalid('bytes follow the key')
  return { line, fingerprint: fingerprintOf(blob) }
}

export function rsaLine(publicKey: KeyObject, comment: string): SshPublicKey {
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const number = (base64url: string | undefined) => unsigned(Buffer.from(String(base64url), 'base64url'))
  const blob = Buffer.concat([Buffer.from('ssh-rsa'), number(e), number(n)].map(withLength))
  return { line: `ssh-rsa ${blob.toString('base64')} ${comment}`, fingerprint: fingerprintOf(blob) }
}

/** RFC 4253's strings and numbers: four bytes of length, then as many bytes. */
class WireFields {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  next(): Buffer {
    const start = this.#at + 4
    if (start > this.#bytes.length) throw invalid('it ends too early')
    const end = start + this.#bytes.readUInt32BE(this.#at)
    if (end > this.#bytes.length) throw invalid('it ends too early')
    this.#at = end
    return this.#bytes.subarray(start, end)
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }
}

function checkFields(type: string, fields: WireFields): void {
  switch (type) {
    case 'ssh-rsa':
      return checkRsa(fields.next(), fields.next())
    case 'ssh-ed25519':
      return checkEd25519(fields.next())
    case 'ecdsa-sha2-nistp256':
    case 'ecdsa-sha2-nistp384':
    case 'ecdsa-sha2-nistp521':
      return checkCurve(type.slice('ecdsa-sha2-'.length), fields)
    case 'sk-ssh-ed25519@openssh.com':
      checkEd25519(fields.next())
      return void fields.next()
    case 'sk-ecdsa-sha2-nistp256@openssh.com':
      checkCurve('nistp256', fields)
      return void fields.next()
    default:
      throw invalid(
        'its type must be ssh-ed25519, ssh-rsa, ecdsa-sha2-nistp256, -384 or -521, or one of a security key',
      )
  }
}

function checkRsa(exponent: Buffer, modulus: Buffer): void {
  const bits = unsigned(modulus).toString('hex').replace(/^0+/, '')
  const bitLength = bits === '' ? 0 : (bits.length - 1) * 4 + Number.parseInt(bits[0] ?? '0', 16).toString(2).length
  if (isNegative(exponent) || isNegative(modulus) || exponent.length > 8 || ((exponent.at(-1) ?? 0) & 1) === 0) {
    throw invalid('its numbers cannot be those of an RSA key')
  }
  if (bitLength < minRsaBits || bitLength > maxRsaBits) {
    throw invalid(`an RSA key must have ${minRsaBits} to ${maxRsaBits} bits`)
  }
}

function isNegative(number: Buffer): boolean {
  return number.length === 0 || (number[0] ?? 0) >= 0x80
}

function checkEd25519(key: Buffer): void {
  if (key.length !== 32) throw invalid('an Ed25519 key has 32 bytes')
}

const curves: Readonly<Record<string, { readonly crv: string; readonly bytes: number }>> = {
  nistp256: { crv: 'P-256', bytes: 32 },
  nistp384: { crv: 'P-384', bytes: 48 },
  nistp521: { crv: 'P-521', bytes: 66 },
}

function checkCurve(name: string, fields: WireFields): void {
  const named = fields.next().toString('latin1')
  const point = fields.next()
  const curve = curves[name]
  if (named !== name || curve === undefined || point.length !== 1 + 2 * curve.bytes || point[0] !== 4) {
    throw invalid('its point does not belong to its curve')
  }
  const coordinate = (index: number) => point.subarray(1 + index * curve.bytes, 1 + (index + 1) * curve.bytes)
  const key = {
    kty: 'EC',
    crv: curve.crv,
    x: coordinate(0).toString('base64url'),
    y: coordinate(1).toString('base64url'),
  }
  try {
    createPublicKey({ key, format: 'jwk' })
  } catch {
    throw invalid('its point does not lie on its curve')
  }
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

function fingerprintOf(blob: Buffer): string {
  return createHash('md5')
    .update(blob)
    .digest('hex')
    .replace(/(..)(?=.)/g, '$1:')
}

function invalid(why: string): PolyvisorError {
  return badRequest('invalid-public-key', `Keypair data is invalid: failed to generate fingerprint; ${why}.`)
}
