import { notFound } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { extensions } from '../views/extensions.ts'

export const showExtension: Handler<'showExtension'> = ({ params }) => {
  const extension = extensions.find(({ alias }) => alias === params.alias)
  if (extension === undefined) throw notFound('extension', params.alias)
  return { status: 200, body: { extension } }
}
