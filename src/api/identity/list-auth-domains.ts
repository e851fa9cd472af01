import type { Handler } from '../handler.ts'
import { domainView, listLinks } from '../views/project.ts'

export const listAuthDomains: Handler<'listAuthDomains'> = async ({ auth }, services) => {
  const domains = (await services.identity.domains.listOfUser(auth.userId)).filter(({ enabled }) => enabled)
  return {
    status: 200,
    body: {
      domains: domains.map((domain) => domainView(domain, services)),
      links: listLinks('auth/domains', services),
    },
  }
}
