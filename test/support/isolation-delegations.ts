/** The delegations on the stage of the isolation walk. */
import type { Must } from './isolation-stage.ts'
import { readKey, signPost, type Key, type Signing } from './oauth1-client.ts'

/** What the owner lent by a trust and to a consumer, and what that consumer asks for besides. */
export async function makeDelegations(url: string, must: Must, project: string, user: string) {
  const trust = await makeTrust(must, project, user)
  const oauth = '/identity/v3/OS-OAUTH1'
  const body = { consumer: { description: 'robot' } }
  const path = `${oauth}/consumers`
  const { consumer } = await must<{ consumer: Key }>('admin', { method: 'POST', path, body })
  const sendSigned = async (what: string, how: Omit<Signing, 'consumer'>): Promise<Key> => {
    const authorization = signPost(`${url}${oauth}/${what}`, { consumer, ...how })
    const headers = { authorization, 'requested-project-id': project }
    return readKey(await (await fetch(`${url}${oauth}/${what}`, { method: 'POST', headers })).text())
  }
  const token = await sendSigned('request_token', {})
  const { token: word } = await must<{ token: { oauth_verifier: string } }>('owner', {
    method: 'PUT',
    path: `${oauth}/authorize/${token.id}`,
    body: { roles: [{ name: 'member' }] },
  })
  const access = await sendSigned('access_token', { token, verifier: word.oauth_verifier })
  const asking = await sendSigned('request_token', {})
  return { trust_id: trust, consumer_id: consumer.id, request_token_id: asking.id, access_token_id: access.id }
}

async function makeTrust(must: Must, project: string, user: string): Promise<string> {
  const people = { trustor_user_id: user, trustee_user_id: user }
  const wanted = { ...people, project_id: project, impersonation: true, roles: [{ name: 'member' }] }
  const call = { method: 'POST', path: '/identity/v3/OS-TRUST/trusts', body: { trust: wanted } }
  return (await must<{ trust: { id: string } }>('owner', call)).trust.id
}
