import type { Handler } from '../handler.ts'
import { listLinks } from '../views/project.ts'

export const listAuthSystem: Handler<'listAuthSystem'> = async ({ auth }, services) => {
  const mayChoose = await services.identity.assignments.hasSystemRole(auth.userId)
  return { status: 200, body: { system: mayChoose ? [{ all: true }] : [], links: listLinks('auth/system', services) } }
}
