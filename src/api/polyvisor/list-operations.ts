import { badRequest, forbidden } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { projectOf } from '../requests/caller.ts'
import { pageSize, toPage } from '../requests/paging.ts'
import { operationView } from '../views/operation.ts'

export const listOperations: Handler<'listOperations'> = async (request, services) => {
  const { auth, query } = request
  const isEverything = query.all_projects === 'true'
  if (isEverything && !auth.isAdmin)
    throw forbidden("Only admins may list all projects' operations; leave all_projects out.")
  const size = pageSize(query.limit)
  const found = await services.readModel.operations({
    projectId: isEverything ? undefined : projectOf(auth),
    instanceId: query.instance_id,
    status: query.status,
    marker: query.marker,
    limit: size + 1,
  })
  if (found === undefined) throw badRequest('marker-not-found', 'There is no operation with the id given as marker.')
  const { shown, nextAfter } = toPage(found, size)
  const operations = shown.map((operation) => operationView(operation, auth.isAdmin))
  return { status: 200, body: { operations, next_marker: nextAfter?.id ?? null } }
}
