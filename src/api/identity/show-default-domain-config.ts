import { defaultConfigOf } from '../../identity/domain-configs.ts'
import type { Handler } from '../handler.ts'

export const showDefaultDomainConfig: Handler<'showDefaultDomainConfig'> = ({ params }) => {
  const { group } = params as { readonly group?: string }
  return { status: 200, body: { config: defaultConfigOf(group === undefined ? {} : { group }) } }
}
