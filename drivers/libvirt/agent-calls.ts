/** What is asked of the agent in a guest. Child process only. */
import type { Caller } from './calls.ts'
import { virError } from './constants.ts'
import type { Pointer } from './native.ts'
import { NativeCallError } from './native.ts'
import type { LibvirtCalls } from './protocol.ts'

type AgentCallName = 'pingAgent' | 'freezeFileSystems' | 'thawFileSystems' | 'setUserPassword'

export function agentCalls(caller: Caller): Pick<LibvirtCalls, AgentCallName> {
  return {
    pingAgent: ({ uuid, agentSeconds }) => caller.withDomain(uuid, (domain) => pingAgent(caller, domain, agentSeconds)),
    freezeFileSystems: ({ uuid }) =>
      caller.withGuest(uuid, (domain) => void caller.number('virDomainFSFreeze', domain, null, 0, 0)),
    thawFileSystems: ({ uuid }) =>
      caller.withGuest(uuid, (domain) => void caller.number('virDomainFSThaw', domain, null, 0, 0)),
    setUserPassword: (args) => caller.withGuest(args.uuid, (domain) => setUserPassword(caller, domain, args)),
  }
}

function pingAgent(caller: Caller, domain: Pointer, agentSeconds: number): void {
  caller.number('virDomainAgentSetResponseTimeout', domain, agentSeconds, 0)
  try {
    caller.number('virDomainGetTime', domain, [0], [0], 0)
  } catch (error) {
    // An answer too: the question was not understood, or is not permitted.
    if (!(error instanceof NativeCallError && error.native.code === virError.internalError)) throw error
  }
}

function setUserPassword(
  caller: Caller,
  domain: Pointer,
  { user, password }: { readonly user: string; readonly password: string },
): void {
  try {
    caller.number('virDomainSetUserPassword', domain, user, password, 0)
  } catch (error) {
    throw error instanceof NativeCallError ? withoutSecret(error, password) : error
  }
}

/** The text may be the guest's own: it may say what it was told, as it was told it. */
function withoutSecret({ native }: NativeCallError, secret: string): NativeCallError {
  const said = [secret, Buffer.from(secret).toString('base64')]
  const isTold = said.some((form) => form !== '' && native.message.includes(form))
  return new NativeCallError(isTold ? { ...native, message: 'the guest repeated the password' } : native)
}
