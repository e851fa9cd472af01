import type { Handler } from '../handler.ts'

export const getReadiness: Handler<'getReadiness'> = async (_request, services) => {
  const parts = (await services.readiness()).map(({ name, ok, message }) => ({ name, ok, message }))
  const ready = parts.every((part) => part.ok)
  return { status: ready ? 200 : 503, body: { ready, parts } }
}
