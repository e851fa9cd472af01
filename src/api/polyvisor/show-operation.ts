import { notFound } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import { operationDetailView } from '../views/operation.ts'

export const showOperation: Handler<'showOperation'> = async (request, services) => {
  const { auth } = request
  const id = request.params.operation_id
  const operation = await services.readModel.operation(id)
  if (operation === undefined || !(auth.isAdmin || operation.projectId === auth.projectId))
    throw notFound('operation', id)
  return { status: 200, body: { operation: operationDetailView(operation, auth.isAdmin) } }
}
