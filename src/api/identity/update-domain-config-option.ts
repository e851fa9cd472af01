import type { Handler } from '../handler.ts'
import { configPlace } from './config-place.ts'

export const updateDomainConfigOption: Handler<'updateDomainConfigOption'> = async ({ params, body }, services) => {
  const config = { [params.group]: body.config }
  return { status: 200, body: { config: await services.identity.domainConfigs.update(configPlace(params), config) } }
}
