import type { Handler } from '../handler.ts'
import { keypairOwner } from '../requests/keypair-owner.ts'
import { keypairView } from '../views/keypair.ts'

export const showKeypair: Handler<'showKeypair'> = async ({ auth, params, query, microversion }, services) => {
  const keypair = await services.keypairs.get(keypairOwner(auth, query.user_id), params.keypair_name)
  return { status: 200, body: { keypair: keypairView(keypair, microversion) } }
}
