import type { Handler } from '../handler.ts'

export const testHost: Handler<'testHost'> = async ({ params }, services) => {
  await services.hosts.test(params.host_id)
  return { status: 202 }
}
