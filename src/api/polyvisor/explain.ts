import type { Handler } from '../handler.ts'
import { projectOf } from '../requests/caller.ts'
import { readCreateServer } from '../requests/server-create.ts'
import { explanationView } from '../views/explanation.ts'

export const explain: Handler<'explain'> = async ({ body, auth }, services) => {
  const named = { ...body, server: { name: 'explained', ...body.server } }
  const wanted = await readCreateServer(named, auth, services)
  const explanation = await services.placement.explain(wanted, projectOf(auth))
  return { status: 200, body: { explanation: explanationView(explanation, auth.isAdmin) } }
}
