import type { Handler } from '../handler.ts'
import { domainView } from '../views/project.ts'
import { resourceOptions } from './resource-options.ts'

export const createDomain: Handler<'createDomain'> = async ({ body }, services) => {
  const { name, description, enabled, options } = body.domain
  const domain = await services.identity.domains.create({
    name,
    description: description ?? '',
    enabled: enabled ?? true,
    ...resourceOptions(options),
  })
  return { status: 201, body: { domain: domainView(domain, services) } }
}
