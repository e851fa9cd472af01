import type { Handler } from '../handler.ts'
import { domainView } from '../views/project.ts'
import { resourceOptions } from './resource-options.ts'

export const updateDomain: Handler<'updateDomain'> = async ({ params, body }, services) => {
  const { name, description, enabled, options } = body.domain
  const domain = await services.identity.domains.update(params.domain_id, {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description ?? '' }),
    ...(enabled === undefined ? {} : { enabled }),
    ...resourceOptions(options),
  })
  return { status: 200, body: { domain: domainView(domain, services) } }
}
