import type { Handler } from '../handler.ts'
import { notFound } from '../../model/errors.ts'
import { metadefJsonSchemas } from './metadef-json-schemas.ts'

export const showMetadefSchema: Handler<'showMetadefSchema'> = ({ params }) => {
  const body = metadefJsonSchemas.get(params.schema_name)
  if (body === undefined) throw notFound('schema', params.schema_name)
  return { status: 200, body }
}
