import type { Handler } from '../handler.ts'

export const replaceDomainConfig: Handler<'replaceDomainConfig'> = async ({ params, body }, services) => {
  const { domainConfigs } = services.identity
  const isNew = await domainConfigs.replace(params.domain_id, body.config)
  return { status: isNew ? 201 : 200, body: { config: await domainConfigs.get({ domainId: params.domain_id }) } }
}
