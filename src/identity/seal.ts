/** Encryption of what must be read again: AES-256-GCM, with a key that lies beside the database and not in it. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { PolyvisorError } from '../model/errors.ts'

const ivBytes = 12
const tagBytes = 16

export class Seal {
  readonly #key: Buffer
  /** Tells which key something was sealed with; says nothing about the key. */
  readonly #keyName: string

  /** @param secret any text of enough chance */
  constructor(secret: string) {
    this.#key = createHash('sha256').update(`polyvisor credentials ${secret}`).digest()
    this.#keyName = createHash('sha256').update(this.#key).digest('hex').slice(0, 16)
  }

  /** @param place what it belongs to: sealed text that is moved elsewhere does not open */
  close(text: string, place: string): string {
    const iv = randomBytes(ivBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(place))
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return `${this.#keyName}:${sealed.toString('base64url')}`
  }

  /** @throws PolyvisorError unavailable when it was sealed with another key */
  open(sealed: string, place: string): string {
    const [keyName, text = ''] = sealed.split(':')
    if (keyName !== this.#keyName) throw otherKey()
    const bytes = Buffer.from(text, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, ivBytes))
    decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-tagBytes))
    const opened = decipher.update(bytes.subarray(ivBytes, -tagBytes))
    return Buffer.concat([opened, decipher.final()]).toString('utf8')
  }
}

function otherKey(): PolyvisorError {
  return new PolyvisorError(
    'unavailable',
    'other-credential-key',
    'Credentials were encrypted with another key than this service has. The operator must give all APIs the same credentialKeyFile.',
  )
}
