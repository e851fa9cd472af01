// Generated from openapi.yaml by "npm run generate". Do not edit.
import type { HandlerLoaders } from './handler.ts'

/** Operations that need no token. */
export type PublicOperationId =
  | 'getContract'
  | 'getHealth'
  | 'getReadiness'
  | 'issueToken'
  | 'listComputeVersions'
  | 'listIdentityVersions'
  | 'listImageVersions'
  | 'listImageVersionsByName'
  | 'showComputeVersion20'
  | 'showComputeVersion21'
  | 'showIdentityVersion'

export const handlerLoaders: HandlerLoaders = {
  assignProjectRole: async () => (await import('./identity/assign-project-role.ts')).assignProjectRole,
  changePassword: async () => (await import('./identity/change-password.ts')).changePassword,
  checkProjectRole: async () => (await import('./identity/check-project-role.ts')).checkProjectRole,
  checkToken: async () => (await import('./identity/check-token.ts')).checkToken,
  createFlavor: async () => (await import('./compute/create-flavor.ts')).createFlavor,
  createFlavorExtraSpecs: async () => (await import('./compute/create-flavor-extra-specs.ts')).createFlavorExtraSpecs,
  createImage: async () => (await import('./image/create-image.ts')).createImage,
  createProject: async () => (await import('./identity/create-project.ts')).createProject,
  createRole: async () => (await import('./identity/create-role.ts')).createRole,
  createServer: async () => (await import('./compute/create-server.ts')).createServer,
  createUser: async () => (await import('./identity/create-user.ts')).createUser,
  deleteFlavor: async () => (await import('./compute/delete-flavor.ts')).deleteFlavor,
  deleteFlavorExtraSpec: async () => (await import('./compute/delete-flavor-extra-spec.ts')).deleteFlavorExtraSpec,
  deleteImage: async () => (await import('./image/delete-image.ts')).deleteImage,
  deleteProject: async () => (await import('./identity/delete-project.ts')).deleteProject,
  deleteRole: async () => (await import('./identity/delete-role.ts')).deleteRole,
  deleteServer: async () => (await import('./compute/delete-server.ts')).deleteServer,
  deleteUser: async () => (await import('./identity/delete-user.ts')).deleteUser,
  downloadImageData: async () => (await import('./image/download-image-data.ts')).downloadImageData,
  getConsoleOutput: async () => (await import('./compute/get-console-output.ts')).getConsoleOutput,
  getContract: async () => (await import('./process/get-contract.ts')).getContract,
  getHealth: async () => (await import('./process/get-health.ts')).getHealth,
  getReadiness: async () => (await import('./process/get-readiness.ts')).getReadiness,
  issueToken: async () => (await import('./identity/issue-token.ts')).issueToken,
  listAuthProjects: async () => (await import('./identity/list-auth-projects.ts')).listAuthProjects,
  listComputeVersions: async () => (await import('./compute/list-compute-versions.ts')).listComputeVersions,
  listDomains: async () => (await import('./identity/list-domains.ts')).listDomains,
  listFlavorExtraSpecs: async () => (await import('./compute/list-flavor-extra-specs.ts')).listFlavorExtraSpecs,
  listFlavors: async () => (await import('./compute/list-flavors.ts')).listFlavors,
  listFlavorsDetail: async () => (await import('./compute/list-flavors-detail.ts')).listFlavorsDetail,
  listHosts: async () => (await import('./polyvisor/list-hosts.ts')).listHosts,
  listHypervisors: async () => (await import('./compute/list-hypervisors.ts')).listHypervisors,
  listHypervisorsDetail: async () => (await import('./compute/list-hypervisors-detail.ts')).listHypervisorsDetail,
  listIdentityVersions: async () => (await import('./identity/list-identity-versions.ts')).listIdentityVersions,
  listImageVersions: async () => (await import('./image/list-image-versions.ts')).listImageVersions,
  listImages: async () => (await import('./image/list-images.ts')).listImages,
  listOperations: async () => (await import('./polyvisor/list-operations.ts')).listOperations,
  listProjectUserRoles: async () => (await import('./identity/list-project-user-roles.ts')).listProjectUserRoles,
  listProjects: async () => (await import('./identity/list-projects.ts')).listProjects,
  listRoleAssignments: async () => (await import('./identity/list-role-assignments.ts')).listRoleAssignments,
  listRoles: async () => (await import('./identity/list-roles.ts')).listRoles,
  listServers: async () => (await import('./compute/list-servers.ts')).listServers,
  listServersDetail: async () => (await import('./compute/list-servers-detail.ts')).listServersDetail,
  listServices: async () => (await import('./compute/list-services.ts')).listServices,
  listUserProjects: async () => (await import('./identity/list-user-projects.ts')).listUserProjects,
  listUsers: async () => (await import('./identity/list-users.ts')).listUsers,
  rebootServer: async () => (await import('./compute/reboot-server.ts')).rebootServer,
  revokeToken: async () => (await import('./identity/revoke-token.ts')).revokeToken,
  showCatalog: async () => (await import('./identity/show-catalog.ts')).showCatalog,
  showComputeVersion20: async () => (await import('./compute/show-compute-version-20.ts')).showComputeVersion20,
  showComputeVersion21: async () => (await import('./compute/show-compute-version-21.ts')).showComputeVersion21,
  showDomain: async () => (await import('./identity/show-domain.ts')).showDomain,
  showFlavor: async () => (await import('./compute/show-flavor.ts')).showFlavor,
  showFlavorExtraSpec: async () => (await import('./compute/show-flavor-extra-spec.ts')).showFlavorExtraSpec,
  showHypervisor: async () => (await import('./compute/show-hypervisor.ts')).showHypervisor,
  showHypervisorStatistics: async () => (await import('./compute/show-hypervisor-statistics.ts')).showHypervisorStatistics,
  showHypervisorUptime: async () => (await import('./compute/show-hypervisor-uptime.ts')).showHypervisorUptime,
  showIdentityVersion: async () => (await import('./identity/show-identity-version.ts')).showIdentityVersion,
  showImage: async () => (await import('./image/show-image.ts')).showImage,
  showOperation: async () => (await import('./polyvisor/show-operation.ts')).showOperation,
  showProject: async () => (await import('./identity/show-project.ts')).showProject,
  showRole: async () => (await import('./identity/show-role.ts')).showRole,
  showServer: async () => (await import('./compute/show-server.ts')).showServer,
  showUser: async () => (await import('./identity/show-user.ts')).showUser,
  startServer: async () => (await import('./compute/start-server.ts')).startServer,
  stopServer: async () => (await import('./compute/stop-server.ts')).stopServer,
  unassignProjectRole: async () => (await import('./identity/unassign-project-role.ts')).unassignProjectRole,
  updateFlavor: async () => (await import('./compute/update-flavor.ts')).updateFlavor,
  updateFlavorExtraSpec: async () => (await import('./compute/update-flavor-extra-spec.ts')).updateFlavorExtraSpec,
  updateProject: async () => (await import('./identity/update-project.ts')).updateProject,
  updateRole: async () => (await import('./identity/update-role.ts')).updateRole,
  updateServer: async () => (await import('./compute/update-server.ts')).updateServer,
  updateUser: async () => (await import('./identity/update-user.ts')).updateUser,
  uploadImageData: async () => (await import('./image/upload-image-data.ts')).uploadImageData,
  validateToken: async () => (await import('./identity/validate-token.ts')).validateToken,
}
