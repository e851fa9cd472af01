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
  createImage: async () => (await import('./image/create-image.ts')).createImage,
  createProject: async () => (await import('./identity/create-project.ts')).createProject,
  createRole: async () => (await import('./identity/create-role.ts')).createRole,
  createUser: async () => (await import('./identity/create-user.ts')).createUser,
  deleteImage: async () => (await import('./image/delete-image.ts')).deleteImage,
  deleteProject: async () => (await import('./identity/delete-project.ts')).deleteProject,
  deleteRole: async () => (await import('./identity/delete-role.ts')).deleteRole,
  deleteUser: async () => (await import('./identity/delete-user.ts')).deleteUser,
  downloadImageData: async () => (await import('./image/download-image-data.ts')).downloadImageData,
  getContract: async () => (await import('./process/get-contract.ts')).getContract,
  getHealth: async () => (await import('./process/get-health.ts')).getHealth,
  getReadiness: async () => (await import('./process/get-readiness.ts')).getReadiness,
  issueToken: async () => (await import('./identity/issue-token.ts')).issueToken,
  listAuthProjects: async () => (await import('./identity/list-auth-projects.ts')).listAuthProjects,
  listDomains: async () => (await import('./identity/list-domains.ts')).listDomains,
  listIdentityVersions: async () => (await import('./identity/list-identity-versions.ts')).listIdentityVersions,
  listImageVersions: async () => (await import('./image/list-image-versions.ts')).listImageVersions,
  listImages: async () => (await import('./image/list-images.ts')).listImages,
  listProjectUserRoles: async () => (await import('./identity/list-project-user-roles.ts')).listProjectUserRoles,
  listProjects: async () => (await import('./identity/list-projects.ts')).listProjects,
  listRoleAssignments: async () => (await import('./identity/list-role-assignments.ts')).listRoleAssignments,
  listRoles: async () => (await import('./identity/list-roles.ts')).listRoles,
  listUserProjects: async () => (await import('./identity/list-user-projects.ts')).listUserProjects,
  listUsers: async () => (await import('./identity/list-users.ts')).listUsers,
  revokeToken: async () => (await import('./identity/revoke-token.ts')).revokeToken,
  showCatalog: async () => (await import('./identity/show-catalog.ts')).showCatalog,
  showDomain: async () => (await import('./identity/show-domain.ts')).showDomain,
  showIdentityVersion: async () => (await import('./identity/show-identity-version.ts')).showIdentityVersion,
  showImage: async () => (await import('./image/show-image.ts')).showImage,
  showProject: async () => (await import('./identity/show-project.ts')).showProject,
  showRole: async () => (await import('./identity/show-role.ts')).showRole,
  showUser: async () => (await import('./identity/show-user.ts')).showUser,
  unassignProjectRole: async () => (await import('./identity/unassign-project-role.ts')).unassignProjectRole,
  updateProject: async () => (await import('./identity/update-project.ts')).updateProject,
  updateRole: async () => (await import('./identity/update-role.ts')).updateRole,
  updateUser: async () => (await import('./identity/update-user.ts')).updateUser,
  uploadImageData: async () => (await import('./image/upload-image-data.ts')).uploadImageData,
  validateToken: async () => (await import('./identity/validate-token.ts')).validateToken,
}
