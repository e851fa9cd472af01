import type { Handler } from '../handler.ts'
import { configPlace } from './config-place.ts'

export const updateDomainConfig: Handler<'updateDomainConfig'> = async ({ params, body }, services) => ({
  status: 200,
  body: { config: await services.identity.domainConfigs.update(configPlace(params), body.config) },
})
