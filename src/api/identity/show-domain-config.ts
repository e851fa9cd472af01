import type { Handler } from '../handler.ts'
import { configPlace } from './config-place.ts'

export const showDomainConfig: Handler<'showDomainConfig'> = async ({ params }, services) => ({
  status: 200,
  body: { config: await services.identity.domainConfigs.get(configPlace(params)) },
})
