import { noItem } from '../../operations/instance-metadata.ts'
import type { Handler } from '../handler.ts'
import { visibleServer } from '../requests/visible-server.ts'

export const showServerMetadataItem: Handler<'showServerMetadataItem'> = async ({ auth, params }, services) => {
  const { metadata } = (await visibleServer(services, params.server_id, auth)).instance
  const value = Object.hasOwn(metadata, params.key) ? metadata[params.key] : undefined
  if (value === undefined) throw noItem()
  return { status: 200, body: { meta: { [params.key]: value } } }
}
