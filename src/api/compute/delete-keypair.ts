import type { Handler } from '../handler.ts'
import { keypairOwner } from '../requests/keypair-owner.ts'

export const deleteKeypair: Handler<'deleteKeypair'> = async ({ auth, params, query, microversion }, services) => {
  await services.keypairs.delete(keypairOwner(auth, query.user_id), params.keypair_name)
  return { status: microversion >= 2 ? 204 : 202 }
}
