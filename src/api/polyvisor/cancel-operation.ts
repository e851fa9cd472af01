import { notFound } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'

export const cancelOperation: Handler<'cancelOperation'> = async (request, services) => {
  const { auth } = request
  const id = request.params.operation_id
  const operation = await services.readModel.operation(id)
  if (operation === undefined || !(auth.isAdmin || operation.projectId === auth.projectId)) {
    throw notFound('operation', id)
  }
  await services.operations.cancel(operation.id)
  return { status: 202 }
}
