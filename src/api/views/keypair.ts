/** Key pairs as Nova shows them: their type from 2.2 on. */
import type { Microversion } from '../../contract/microversion.ts'
import type { components } from '../../contract/types.gen.ts'
import type { Keypair } from '../../model/keypair.ts'
import type { CreatedKeypair } from '../../identity/keypairs.ts'
import { toNaive } from './times.ts'

type Schemas = components['schemas']

export function keypairSummaryView(keypair: Omit<Keypair, 'id'>, version: Microversion): Schemas['KeypairSummary'] {
  const { name, publicKey, fingerprint, type } = keypair
  return { name, public_key: publicKey, fingerprint, ...(version >= 2 ? { type } : {}) } as Schemas['KeypairSummary']
}

export function createdKeypairView(
  { keypair, privateKey }: CreatedKeypair,
  version: Microversion,
): Schemas['CreatedKeypair'] {
  return {
    ...keypairSummaryView(keypair, version),
    user_id: keypair.userId,
    ...(privateKey === undefined ? {} : { private_key: privateKey }),
  }
}

export function keypairView(keypair: Keypair, version: Microversion): Schemas['Keypair'] {
  return {
    ...keypairSummaryView(keypair, version),
    user_id: keypair.userId,
    id: keypair.id,
    deleted: false,
    created_at: toNaive(keypair.createdAtMs),
    deleted_at: null,
    updated_at: null,
  }
}
