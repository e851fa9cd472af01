import { defaultConfigOf } from '../../identity/domain-configs.ts'
import type { Handler } from '../handler.ts'

export const showDefaultDomainConfigOption: Handler<'showDefaultDomainConfigOption'> = ({ params }) => {
  const { group, option } = params
  return { status: 200, body: { config: defaultConfigOf({ group, option })[group] ?? {} } }
}
