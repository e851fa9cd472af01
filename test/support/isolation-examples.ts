/**
 * One line for every operation of the contract: what the isolation walk sends. Path parameters are filled in with the
 * victim's own (see isolation-stage.ts); `{name}` in a text likewise. What must come back follows from the policy and
 * from whose resource the path names; a line says so only where it is otherwise.
 */
import type { Example } from './isolation-example.ts'
import { identityExamples, others } from './isolation-examples-identity.ts'
import { imageExamples } from './isolation-examples-image.ts'
import { marker } from './isolation-stage.ts'

const server = { name: 's', imageRef: '{public_image}', flavorRef: '{public_flavor}', networks: 'none' }

const backup = { name: 'b', backup_type: 'daily', rotation: 1 }

const remoteConsole = { remote_console: { protocol: 'serial', type: 'serial' } }

export const examples: Readonly<Record<string, Example>> = {
  // process
  getHealth: {},
  getReadiness: {},
  getContract: {},
  getMetrics: {},

  // identity
  ...identityExamples,

  // image
  ...imageExamples,

  // compute
  listComputeVersions: {},
  showComputeVersion20: {},
  showComputeVersion21: {},
  listFlavors: {},
  listFlavorsDetail: {},
  createFlavor: { body: { flavor: { name: 'f', ram: 1, vcpus: 1, disk: 1 } } },
  showFlavor: {},
  updateFlavor: { body: { flavor: { description: 'd' } } },
  deleteFlavor: {},
  listFlavorAccess: {},
  addFlavorAccess: { body: { addTenantAccess: { tenant: 'x' } } },
  removeFlavorAccess: { body: { removeTenantAccess: { tenant: 'x' } } },
  listFlavorExtraSpecs: {},
  createFlavorExtraSpecs: { body: { extra_specs: { a: 'b' } } },
  showFlavorExtraSpec: {},
  updateFlavorExtraSpec: { body: { key: 'b' } },
  deleteFlavorExtraSpec: {},
  listServers: {},
  listServersDetail: {},
  createServer: { body: { server } },
  showServer: {},
  updateServer: { body: { server: { name: 'stolen' } } },
  deleteServer: {},
  startServer: { body: { 'os-start': null } },
  stopServer: { body: { 'os-stop': null } },
  rebootServer: { body: { reboot: { type: 'HARD' } } },
  pauseServer: { body: { pause: null } },
  unpauseServer: { body: { unpause: null } },
  suspendServer: { body: { suspend: null } },
  resumeServer: { body: { resume: null } },
  getConsoleOutput: { body: { 'os-getConsoleOutput': { length: null } } },
  rebuildServer: { body: { rebuild: { imageRef: '{public_image}' } } },
  resizeServer: { body: { resize: { flavorRef: '{public_flavor}' } } },
  createServerImage: { body: { createImage: { name: 'i' } } },
  createServerImage245: { body: { createImage: { name: 'i' } }, microversion: '2.45' },
  createServerBackup: { body: { createBackup: backup } },
  createServerBackup245: { body: { createBackup: backup }, microversion: '2.45' },
  rescueServer: { body: { rescue: null } },
  unrescueServer: { body: { unrescue: null } },
  shelveServer: { body: { shelve: null } },
  shelveOffloadServer: { body: { shelveOffload: null } },
  unshelveServer: { body: { unshelve: null } },
  confirmServerResize: { body: { confirmResize: null } },
  revertServerResize: { body: { revertResize: null } },
  addServerSecurityGroup: { body: { addSecurityGroup: { name: '{security_group_name}' } } },
  removeServerSecurityGroup: { body: { removeSecurityGroup: { name: 'default' } } },
  listServerSecurityGroups: {},
  listServerAddresses: {},
  showServerAddresses: {},
  getVncConsole: { body: { 'os-getVNCConsole': { type: 'novnc' } } },
  getSpiceConsole: { body: { 'os-getSPICEConsole': { type: 'spice-html5' } } },
  getRdpConsole: { body: { 'os-getRDPConsole': { type: 'rdp-html5' } } },
  getSerialConsole: { body: { 'os-getSerialConsole': { type: 'serial' } } },
  createRemoteConsole: { body: remoteConsole },
  createRemoteConsole28: { body: remoteConsole },
  showConsoleAuthToken: {},
  showServerDiagnostics: { microversion: '2.47' },
  showServerDiagnostics248: {},
  listServerInterfaces: {},
  showServerInterface: {},
  listComputeNetworks: {},
  // It is everybody's.
  showComputeNetwork: { outsider: 200 },
  listTenantNetworks: {},
  showTenantNetwork: { outsider: 200 },
  resetServerState: { body: { 'os-resetState': { state: 'error' } } },
  listTenantUsages: {},
  showTenantUsage: { outsider: 403 },
  listUsageAuditLogs: {},
  showUsageAuditLog: {},
  showQuotaClassSet: {},
  updateQuotaClassSet: { body: { quota_class_set: { cores: 1 } } },
  listAggregates: {},
  createAggregate: { body: { aggregate: { name: 'a' } } },
  showAggregate: {},
  updateAggregate: { body: { aggregate: { name: 'a' } } },
  deleteAggregate: {},
  addAggregateHost: { body: { add_host: { host: 'h' } } },
  removeAggregateHost: { body: { remove_host: { host: 'h' } } },
  setAggregateMetadata: { body: { set_metadata: { metadata: { a: 'b' } } } },
  listServerGroups: {},
  createServerGroup: { body: { server_group: { name: 'g', policy: 'affinity' } } },
  showServerGroup: {},
  deleteServerGroup: {},
  listSecurityGroups: {},
  createSecurityGroup: { body: { security_group: { name: 'g' } } },
  showSecurityGroup: {},
  updateSecurityGroup: { body: { security_group: { name: 'stolen' } } },
  deleteSecurityGroup: {},
  createSecurityGroupRule: {
    body: {
      security_group_rule: { parent_group_id: '{security_group_id}', ip_protocol: 'tcp', from_port: 1, to_port: 2 },
    },
    outsider: 404,
  },
  deleteSecurityGroupRule: {},
  lockServer: { body: { lock: { locked_reason: 'stolen' } } },
  unlockServer: { body: { unlock: null } },
  listServerTags: {},
  replaceServerTags: { body: { tags: ['stolen'] } },
  deleteServerTags: {},
  showServerTag: {},
  addServerTag: {},
  deleteServerTag: {},
  listInstanceActions: {},
  showInstanceAction: {},
  listServerMetadata: {},
  listComputeImages: {},
  listComputeImagesDetail: {},
  showComputeImage: {},
  deleteComputeImage: {},
  listComputeImageMetadata: {},
  createComputeImageMetadata: { body: { metadata: { a: 'b' } } },
  replaceComputeImageMetadata: { body: { metadata: { a: 'b' } } },
  showComputeImageMetadataItem: {},
  updateComputeImageMetadataItem: { body: { meta: { key: 'b' } } },
  deleteComputeImageMetadataItem: {},
  createServerMetadata: { body: { metadata: { a: 'b' } } },
  replaceServerMetadata: { body: { metadata: { a: 'b' } } },
  showServerMetadataItem: {},
  updateServerMetadataItem: { body: { meta: { key: 'b' } } },
  deleteServerMetadataItem: {},
  listKeypairs: {},
  // Key pairs are their user's, whatever its role.
  createKeypair: { body: { keypair: { name: 'k' } }, microversion: '2.35' },
  showKeypair: {},
  deleteKeypair: {},
  listAvailabilityZones: {},
  listAvailabilityZonesDetail: {},
  showLimits: {},
  showQuotaSet: others,
  showQuotaSetDetail: others,
  showDefaultQuotaSet: {},
  updateQuotaSet: { body: { quota_set: { cores: 1 } } },
  deleteQuotaSet: {},
  listHypervisors: {},
  listHypervisorsDetail: {},
  showHypervisor: {},
  showHypervisorStatistics: {},
  // The simulated driver does not tell it.
  showHypervisorUptime: { admin: 501 },
  listServices: {},
  enableService: { body: { host: 'h', binary: 'b' } },
  disableService: { body: { host: 'h', binary: 'b' } },
  disableServiceWithReason: { body: { host: 'h', binary: 'b', disabled_reason: 'r' } },
  forceServiceDown: { body: { host: 'h', binary: 'b', forced_down: true } },
  updateService: { body: { status: 'disabled' } },
  deleteService: {},
  // By a part of the name, which no uuid is.
  searchHypervisors: { admin: 404 },
  listHypervisorServers: { admin: 404 },

  // polyvisor
  listOperations: {},
  showOperation: {},
  cancelOperation: {},
  listAllowedActions: {},
  explain: { body: { server } },
  testHost: {},
  listAgents: {},
  enrolAgent: { body: { agent: { name: 'a', enrolment_secret: 'guessed' } }, anybody: 401 },
  removeAgent: {},
  renewBusAccount: {},
  // As a plain GET: the handshakes are tried in test/api/consoles.test.ts.
  openConsole: { query: 'token=guessed', anybody: 400 },
  bringConsole: { query: 'key=guessed' },
  createImageAddress: { body: { image_id: '{image_id}' } },
  createImageUpload: { body: { image_id: '{image_id}' } },
  uploadByAddress: {
    query: 'key=guessed&disk_format=raw',
    body: Buffer.alloc(512),
    headers: { 'content-type': 'application/octet-stream' },
    anybody: 404,
  },
  downloadByAddress: { query: 'key=guessed', anybody: 404 },
  listHosts: {},
}

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
