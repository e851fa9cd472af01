import type { components } from '../../contract/types.gen.ts'
import type { Handler } from '../handler.ts'

export const showIdentityVersion: Handler<'showIdentityVersion'> = (_request, services) => ({
  status: 200,
  body: { version: identityVersion(services.publicUrl) },
})

export function identityVersion(publicUrl: string): components['schemas']['IdentityVersion'] {
  return {
    id: 'v3.14',
    status: 'stable',
    updated: '2020-04-07T00:00:00Z',
    links: [{ rel: 'self', href: `${publicUrl}/identity/v3/` }],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
  }
}
