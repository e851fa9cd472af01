import { badRequest } from '../../model/errors.ts'
import { instanceActionKinds } from '../../model/instance-actions.ts'
import type { OperationQuery } from '../../store/read-model.ts'
import type { Handler } from '../handler.ts'
import { pageSize, toPage } from '../requests/paging.ts'
import { readChangeTimes } from '../requests/words.ts'
import { serverWithHistory } from '../requests/visible-server.ts'
import { instanceActionView } from '../views/instance-action.ts'
import { nextLink } from '../views/links.ts'

export const listInstanceActions: Handler<'listInstanceActions'> = async (request, services) => {
  const { auth, microversion, params, query, root } = request
  const { instance } = await serverWithHistory(services, params.server_id, auth, microversion)
  const size = pageSize(query.limit)
  const find = async (more: Pick<OperationQuery, 'limit' | 'marker' | 'requestId'>) =>
    (await services.readModel.operations({
      instanceId: instance.id,
      kinds: instanceActionKinds,
      ...readChangeTimes(query),
      ...more,
    })) ?? []
  const [last] = query.marker === undefined ? [] : await find({ requestId: query.marker, limit: 1 })
  if (query.marker !== undefined && last === undefined)
    throw badRequest('marker-not-found', `marker [${query.marker}] not found`)
  const found = await find({ limit: size + 1, marker: last?.id })
  const { shown, nextAfter } = toPage(found, size)
  const list = `servers/${instance.id}/os-instance-actions`
  const base = { publicUrl: services.publicUrl, root }
  return {
    status: 200,
    body: {
      instanceActions: shown.map((operation) => instanceActionView(operation, instance, microversion)),
      ...(nextAfter === undefined || microversion < 58
        ? {}
        : { links: [nextLink(base, list, request.rawQuery, nextAfter.requestId)] }),
    },
  }
}
