import type { Handler } from '../handler.ts'
import { configPlace } from './config-place.ts'

export const deleteDomainConfig: Handler<'deleteDomainConfig'> = async ({ params }, services) => {
  await services.identity.domainConfigs.delete(configPlace(params))
  return { status: 204 }
}
