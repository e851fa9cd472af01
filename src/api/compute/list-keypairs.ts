import type { Handler } from '../handler.ts'
import { keypairOwner } from '../requests/keypair-owner.ts'
import { pageSize, toPage } from '../requests/paging.ts'
import { keypairSummaryView } from '../views/keypair.ts'
import { nextLink } from '../views/links.ts'

export const listKeypairs: Handler<'listKeypairs'> = async (request, services) => {
  const { auth, query, rawQuery, microversion, root } = request
  const size = pageSize(query.limit)
  const page = { limit: size + 1, marker: query.marker }
  const found = await services.keypairs.list(keypairOwner(auth, query.user_id), page)
  const { shown, nextAfter } = toPage(found, size)
  const links = () => [
    nextLink({ publicUrl: services.publicUrl, root }, 'os-keypairs', rawQuery, nextAfter?.name ?? ''),
  ]
  return {
    status: 200,
    body: {
      keypairs: shown.map((keypair) => ({ keypair: keypairSummaryView(keypair, microversion) })),
      ...(microversion >= 35 && nextAfter !== undefined ? { keypairs_links: links() } : {}),
    },
  }
}
