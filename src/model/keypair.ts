/** A user's public key, by a name of the user's. The private half is never kept. */
import type { UserId } from './ids.ts'

export const keypairTypes = ['ssh', 'x509'] as const
export type KeypairType = (typeof keypairTypes)[number]

export interface Keypair {
  readonly id: number
  readonly userId: UserId
  /** Unique among the user's. */
  readonly name: string
  readonly type: KeypairType
  /** Colon-separated hexadecimal: md5 of an SSH key, sha1 of a certificate, as Nova shows them. */
  readonly fingerprint: string
  /** One line of OpenSSH's, or a certificate in PEM. */
  readonly publicKey: string
  readonly createdAtMs: number
}
