import type { Handler } from '../handler.ts'
import { looseBoolean } from '../views/loose-boolean.ts'
import { domainView, listLinks } from '../views/project.ts'

export const listDomains: Handler<'listDomains'> = async ({ query }, services) => {
  const enabled = looseBoolean(query.enabled)
  const domains = await services.identity.domains.list({
    ...(query.name === undefined ? {} : { name: query.name }),
    ...(enabled === undefined ? {} : { enabled }),
  })
  return {
    status: 200,
    body: { domains: domains.map((domain) => domainView(domain, services)), links: listLinks('domains', services) },
  }
}
