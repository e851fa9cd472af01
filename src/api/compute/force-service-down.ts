import type { Handler } from '../handler.ts'
import { serviceNamed } from '../requests/compute-service.ts'
import { readBoolean } from '../requests/words.ts'

export const forceServiceDown: Handler<'forceServiceDown'> = async ({ body }, services) => {
  const { host, binary } = body
  const forcedDown = body.forced_down === undefined ? false : readBoolean('forced_down', body.forced_down)
  const { id } = await serviceNamed(services, body)
  await services.hosts.change(id, { forcedDown })
  return { status: 200, body: { service: { host, binary, forced_down: forcedDown } } }
}
