import type { Handler } from '../handler.ts'

export const enrolAgent: Handler<'enrolAgent'> = async ({ body, clientAddress }, services) => {
  const { name, enrolment_secret: secret } = body.agent
  return { status: 201, body: { agent: await services.agents.enrol({ name, secret }, clientAddress) } }
}
