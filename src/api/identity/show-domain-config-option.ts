import type { Handler } from '../handler.ts'
import { configPlace } from './config-place.ts'

export const showDomainConfigOption: Handler<'showDomainConfigOption'> = async ({ params }, services) => {
  const config = await services.identity.domainConfigs.get(configPlace(params))
  return { status: 200, body: { config: config[params.group] ?? {} } }
}
