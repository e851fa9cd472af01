import { PolyvisorError } from '../../model/errors.ts'
import type { Handler } from '../handler.ts'
import type { Services } from '../services.ts'

type Body = Parameters<Handler<'createServerExternalEvents'>>[0]['body']
type Event = Body['events'][number]

/** Other services tell of servers here. Nothing waits for their word, so what was taken is done. */
export const createServerExternalEvents: Handler<'createServerExternalEvents'> = async ({ body }, services) => {
  const events = []
  for (const event of body.events) events.push(await judged(event, services))
  if (!events.some(({ code }) => code === 200)) {
    throw new PolyvisorError('not-found', 'no-instance-for-any-event', 'No instances found for any event.')
  }
  return { status: events.every(({ code }) => code === 200) ? 200 : 207, body: { events } }
}

/** 404: no such server; 400: a word that the event does not take; 422: it is on no host, so nobody is there to tell. */
async function judged(event: Event, services: Services) {
  const { name, server_uuid, status = 'completed', tag } = event
  const told = { name, server_uuid, ...(tag === undefined ? {} : { tag }) }
  const instance = (await services.readModel.instance(server_uuid))?.instance
  const refused = (code: number) => ({ ...told, status: 'failed', code })
  if (instance?.deletedAtMs !== null) return refused(404)
  if (needsTag(name) && tag === undefined) return refused(400)
  if ((name as string) === 'power-update' && !['POWER_ON', 'POWER_OFF'].includes(tag ?? '')) return refused(400)
  return instance.hostId === null ? refused(422) : { ...told, status, code: 200 }
}

function needsTag(name: string): boolean {
  return ['volume-extended', 'power-update', 'accelerator-request-bound', 'volume-reimaged'].includes(name)
}
