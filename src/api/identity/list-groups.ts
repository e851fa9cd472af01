import type { Handler } from '../handler.ts'
import { groupView } from '../views/group.ts'
import { listLinks } from '../views/project.ts'

export const listGroups: Handler<'listGroups'> = async ({ query }, services) => {
  const groups = await services.identity.groups.list({
    ...(query.name === undefined ? {} : { name: query.name }),
    ...(query.domain_id === undefined ? {} : { domainId: query.domain_id }),
  })
  return {
    status: 200,
    body: { groups: groups.map((group) => groupView(group, services)), links: listLinks('groups', services) },
  }
}
