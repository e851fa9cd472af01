import type { Handler } from '../handler.ts'
import { projectOf } from '../requests/caller.ts'
import { keypairOwner } from '../requests/keypair-owner.ts'
import { createdKeypairView } from '../views/keypair.ts'

export const createKeypair: Handler<'createKeypair'> = async ({ auth, body, microversion }, services) => {
  const { name, public_key: publicKey, type = 'ssh', user_id: userId } = body.keypair
  const projectId = projectOf(auth)
  const created = await services.keypairs.create(
    keypairOwner(auth, userId),
    { name, type, ...(publicKey === undefined ? {} : { publicKey }) },
    (had, trx) => services.quotas.checkKeyPairs(projectId, had, trx),
  )
  return { status: microversion >= 2 ? 201 : 200, body: { keypair: createdKeypairView(created, microversion) } }
}
