import { forbidden } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { catalogView } from '../views/catalog.ts'
import { listLinks } from '../views/project.ts'

export const showCatalog: Handler<'showCatalog'> = async ({ auth }, services) => {
  // The catalog names endpoints for a project's work, as Keystone has it.
  if (auth.projectId === undefined) {
    throw forbidden('A project-scoped token is required to produce a service catalog.')
  }
  const catalog = await catalogView(auth, services)
  return { status: 200, body: { catalog, links: listLinks('auth/catalog', services) } }
}
