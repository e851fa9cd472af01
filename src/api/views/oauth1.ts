import type { components } from '../../contract/types.gen.ts'
import type { AccessToken, Consumer } from '../../model/oauth1.ts'
import type { Services } from '../services.ts'
import { keystoneTime } from './keystone-time.ts'

type Schemas = components['schemas']
type Place = Pick<Services, 'publicUrl'>

export function consumerView({ id, description }: Consumer, { publicUrl }: Place): Schemas['IdentityConsumer'] {
  return { id, description, links: { self: `${publicUrl}/identity/v3/OS-OAUTH1/consumers/${id}` } }
}

export function accessTokenView(token: AccessToken, { publicUrl }: Place): Schemas['IdentityAccessToken'] {
  const { id, consumerId, projectId, userId, expiresAtMs } = token
  const self = `${publicUrl}/identity/v3/users/${userId}/OS-OAUTH1/access_tokens/${id}`
  return {
    id,
    consumer_id: consumerId,
    project_id: projectId,
    authorizing_user_id: userId,
    expires_at: keystoneTime(expiresAtMs),
    links: { self, roles: `${self}/roles` },
  }
}
