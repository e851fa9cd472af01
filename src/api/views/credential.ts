import type { components } from '../../contract/types.gen.ts'
import type { Ec2Credential } from '../../identity/credential-store.ts'
import type { Credential, Policy } from '../../model/credential.ts'
import type { Services } from '../services.ts'

type Schemas = components['schemas']
type Place = Pick<Services, 'publicUrl'>

export function credentialView(credential: Credential, { publicUrl }: Place): Schemas['IdentityCredential'] {
  const { id, userId, projectId, type, blob } = credential
  const links = { self: `${publicUrl}/identity/v3/credentials/${id}` }
  return { id, user_id: userId, project_id: projectId, type, blob, links }
}

export function ec2CredentialView(credential: Ec2Credential, { publicUrl }: Place): Schemas['IdentityEc2Credential'] {
  const { access, secret, userId, projectId } = credential
  const links = { self: `${publicUrl}/identity/v3/users/${userId}/credentials/OS-EC2/${access}` }
  return { access, secret, user_id: userId, tenant_id: projectId, trust_id: null, links }
}

export function policyView(policy: Policy, { publicUrl }: Place): Schemas['IdentityPolicy'] {
  return { ...policy, links: { self: `${publicUrl}/identity/v3/policies/${policy.id}` } }
}
