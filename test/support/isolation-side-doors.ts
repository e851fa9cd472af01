/** Other ways to what is the victim's, as the isolation walk tries them. */
import { examples, server } from './isolation-examples.ts'
import { marker } from './isolation-stage.ts'

export interface SideDoor {
  readonly what: string
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly status: number
}

const compute = '/compute/v2.1'
const at = (microversion: string) => ({ headers: { 'openstack-api-version': `compute ${microversion}` } })
const booting = (changes: object) => ({ server: { ...server, ...changes } })
const login = (scope: object) => ({
  auth: { ...(examples['issueToken']?.body as { auth: object }).auth, scope },
})

/** Other ways to what is the victim's, as a member of another project: by references in bodies, queries and headers. */
export const sideDoors: readonly SideDoor[] = [
  {
    what: 'boots the image',
    method: 'POST',
    path: `${compute}/servers`,
    body: booting({ imageRef: '{image_id}' }),
    ...at('2.37'),
    status: 400,
  },
  {
    what: 'boots with the private flavor',
    method: 'POST',
    path: `${compute}/servers`,
    body: booting({ flavorRef: '{flavor_id}' }),
    ...at('2.37'),
    status: 400,
  },
  {
    what: 'boots with the key pair',
    method: 'POST',
    path: `${compute}/servers`,
    body: booting({ key_name: '{keypair_name}' }),
    ...at('2.37'),
    status: 400,
  },
  {
    what: 'explains with the image',
    method: 'POST',
    path: '/v1/explain',
    body: booting({ imageRef: '{image_id}' }),
    status: 400,
  },
  {
    what: 'explains with the private flavor',
    method: 'POST',
    path: '/v1/explain',
    body: booting({ flavorRef: '{flavor_id}' }),
    status: 400,
  },
  { what: 'lists all servers', method: 'GET', path: `${compute}/servers/detail?all_tenants=1`, status: 403 },
  {
    what: 'lists the servers of the project',
    method: 'GET',
    path: `${compute}/servers/detail?project_id={project_id}`,
    status: 200,
  },
  {
    what: 'lists the servers of the user',
    method: 'GET',
    path: `${compute}/servers/detail?user_id={user_id}`,
    status: 200,
  },
  { what: 'lists servers by name', method: 'GET', path: `${compute}/servers/detail?name=${marker}`, status: 200 },
  { what: 'lists servers after the server', method: 'GET', path: `${compute}/servers?marker={server_id}`, status: 400 },
  { what: 'lists deleted servers', method: 'GET', path: `${compute}/servers/detail?deleted=true`, status: 200 },
  { what: 'lists private flavors', method: 'GET', path: `${compute}/flavors/detail?is_public=False`, status: 200 },
  { what: 'lists all flavors', method: 'GET', path: `${compute}/flavors/detail?is_public=None`, status: 200 },
  {
    what: 'lists flavors after the private one',
    method: 'GET',
    path: `${compute}/flavors?marker={flavor_id}`,
    status: 400,
  },
  { what: 'lists the images of the project', method: 'GET', path: '/image/v2/images?owner={project_id}', status: 200 },
  { what: 'lists private images', method: 'GET', path: '/image/v2/images?visibility=private', status: 200 },
  { what: 'lists images by name', method: 'GET', path: `/image/v2/images?name=${marker}-image`, status: 200 },
  { what: 'lists images after the image', method: 'GET', path: '/image/v2/images?marker={image_id}', status: 400 },
  {
    what: 'makes an image for the project',
    method: 'POST',
    path: '/image/v2/images',
    body: { name: 'i', owner: '{project_id}' },
    status: 403,
  },
  {
    what: 'makes a public image',
    method: 'POST',
    path: '/image/v2/images',
    body: { name: 'i', visibility: 'public' },
    status: 403,
  },
  {
    what: 'lists the key pairs of the user',
    method: 'GET',
    path: `${compute}/os-keypairs?user_id={user_id}`,
    ...at('2.10'),
    status: 403,
  },
  {
    what: 'shows the user’s key pair',
    method: 'GET',
    path: `${compute}/os-keypairs/{keypair_name}?user_id={user_id}`,
    ...at('2.10'),
    status: 403,
  },
  {
    what: 'deletes the user’s key pair',
    method: 'DELETE',
    path: `${compute}/os-keypairs/{keypair_name}?user_id={user_id}`,
    ...at('2.10'),
    status: 403,
  },
  {
    what: 'makes a key pair for the user',
    method: 'POST',
    path: `${compute}/os-keypairs`,
    body: { keypair: { name: 'k', user_id: '{user_id}' } },
    ...at('2.10'),
    status: 403,
  },
  {
    what: 'shows the limits of the project',
    method: 'GET',
    path: `${compute}/limits?tenant_id={project_id}`,
    status: 403,
  },
  { what: 'lists all operations', method: 'GET', path: '/v1/operations?all_projects=true', status: 403 },
  {
    what: 'lists the operations of the server',
    method: 'GET',
    path: '/v1/operations?instance_id={server_id}',
    status: 200,
  },
  {
    what: 'lists operations after the operation',
    method: 'GET',
    path: '/v1/operations?marker={operation_id}',
    status: 400,
  },
  {
    what: 'logs in to the project',
    method: 'POST',
    path: '/identity/v3/auth/tokens',
    body: login({ project: { id: '{project_id}' } }),
    status: 401,
  },
  { what: 'reaches the server by the old path', method: 'GET', path: '/compute/v2/servers/{server_id}', status: 404 },
  {
    what: 'reaches the server by doubled slashes',
    method: 'GET',
    path: '//compute//v2.1//servers/{server_id}/',
    status: 404,
  },
]
