// Generated from openapi.yaml by "npm run generate". Do not edit.
export interface paths {
    readonly "/healthz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The process answers */
        readonly get: operations["getHealth"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Figures of this process for Prometheus; docs/metrics.md says what each means */
        readonly get: operations["getMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/readyz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Every part that requests need is ready */
        readonly get: operations["getReadiness"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/openapi.yaml": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** This document */
        readonly get: operations["getContract"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The versions of the identity face */
        readonly get: operations["listIdentityVersions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Version 3 of the identity face */
        readonly get: operations["showIdentityVersion"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/auth/tokens": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What the token in X-Subject-Token is good for */
        readonly get: operations["validateToken"];
        readonly put?: never;
        /** Log in; the token itself is in the header X-Subject-Token */
        readonly post: operations["issueToken"];
        /** Ends the token in X-Subject-Token at once */
        readonly delete: operations["revokeToken"];
        readonly options?: never;
        /** Whether the token in X-Subject-Token is valid */
        readonly head: operations["checkToken"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/auth/catalog": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Where the services are */
        readonly get: operations["showCatalog"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/auth/projects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The projects that the bearer may choose as a scope */
        readonly get: operations["listAuthProjects"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/auth/domains": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The domains that the bearer may choose as a scope */
        readonly get: operations["listAuthDomains"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/auth/system": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether the bearer may choose the system as a scope */
        readonly get: operations["listAuthSystem"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/domains": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Domains */
        readonly get: operations["listDomains"];
        readonly put?: never;
        /** Make a domain */
        readonly post: operations["createDomain"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/domains/{domain_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
            };
            readonly cookie?: never;
        };
        /** A domain, for admins and its own users */
        readonly get: operations["showDomain"];
        readonly put?: never;
        readonly post?: never;
        /** Delete a disabled domain with everything in it */
        readonly delete: operations["deleteDomain"];
        readonly options?: never;
        readonly head?: never;
        /** Change a domain; disabling it ends the tokens of its users and on its projects */
        readonly patch: operations["updateDomain"];
        readonly trace?: never;
    };
    readonly "/identity/v3/projects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Projects */
        readonly get: operations["listProjects"];
        readonly put?: never;
        /** Make a project */
        readonly post: operations["createProject"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/projects/{project_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        /** A project, for admins and bearers of a token on it */
        readonly get: operations["showProject"];
        readonly put?: never;
        readonly post?: never;
        /** Delete a project with its tokens and role assignments */
        readonly delete: operations["deleteProject"];
        readonly options?: never;
        readonly head?: never;
        /** Change a project; disabling it ends its tokens */
        readonly patch: operations["updateProject"];
        readonly trace?: never;
    };
    readonly "/identity/v3/projects/{project_id}/tags": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        /** The tags of a project, for admins and bearers of a token on it */
        readonly get: operations["listProjectTags"];
        /** Give the project these tags and no others */
        readonly put: operations["replaceProjectTags"];
        readonly post?: never;
        /** Take all tags from the project */
        readonly delete: operations["removeProjectTags"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/projects/{project_id}/tags/{tag}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly tag: components["parameters"]["projectTag"];
            };
            readonly cookie?: never;
        };
        /** Whether the project has the tag */
        readonly get: operations["checkProjectTag"];
        /** Give the project a tag */
        readonly put: operations["addProjectTag"];
        readonly post?: never;
        /** Take a tag from the project */
        readonly delete: operations["removeProjectTag"];
        readonly options?: never;
        /** Whether the project has the tag */
        readonly head: operations["hasProjectTag"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/users": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Users */
        readonly get: operations["listUsers"];
        readonly put?: never;
        /** Make a user */
        readonly post: operations["createUser"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/users/{user_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        /** A user, for admins and the user */
        readonly get: operations["showUser"];
        readonly put?: never;
        readonly post?: never;
        /** Delete a user with its tokens and role assignments */
        readonly delete: operations["deleteUser"];
        readonly options?: never;
        readonly head?: never;
        /** Change a user; a new password, or disabling, ends the user's tokens */
        readonly patch: operations["updateUser"];
        readonly trace?: never;
    };
    readonly "/identity/v3/users/{user_id}/password": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Change one's own password; it ends all of one's tokens */
        readonly post: operations["changePassword"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/users/{user_id}/projects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        /** The projects on which the user holds a role, for admins and the user */
        readonly get: operations["listUserProjects"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/users/{user_id}/application_credentials": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        /** A user's application credentials, for admins and the user */
        readonly get: operations["listApplicationCredentials"];
        readonly put?: never;
        /** Make an application credential of one's own on the project of the token; its secret is told once */
        readonly post: operations["createApplicationCredential"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/users/{user_id}/application_credentials/{application_credential_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly application_credential_id: components["parameters"]["applicationCredentialId"];
            };
            readonly cookie?: never;
        };
        /** An application credential, for admins and its user */
        readonly get: operations["showApplicationCredential"];
        readonly put?: never;
        readonly post?: never;
        /** Delete an application credential with its tokens */
        readonly delete: operations["deleteApplicationCredential"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/users/{user_id}/access_rules": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        /** The access rules of a user's application credentials, for admins and the user */
        readonly get: operations["listAccessRules"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/users/{user_id}/access_rules/{access_rule_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly access_rule_id: components["parameters"]["accessRuleId"];
            };
            readonly cookie?: never;
        };
        /** An access rule, for admins and its user */
        readonly get: operations["showAccessRule"];
        readonly put?: never;
        readonly post?: never;
        /** Delete an access rule that no application credential uses */
        readonly delete: operations["deleteAccessRule"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/users/{user_id}/groups": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        /** The groups that the user is in, for admins and the user */
        readonly get: operations["listUserGroups"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/groups": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Groups */
        readonly get: operations["listGroups"];
        readonly put?: never;
        /** Make a group */
        readonly post: operations["createGroup"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/groups/{group_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
            };
            readonly cookie?: never;
        };
        /** A group */
        readonly get: operations["showGroup"];
        readonly put?: never;
        readonly post?: never;
        /** Delete a group with its role assignments; its users stay */
        readonly delete: operations["deleteGroup"];
        readonly options?: never;
        readonly head?: never;
        /** Change a group */
        readonly patch: operations["updateGroup"];
        readonly trace?: never;
    };
    readonly "/identity/v3/groups/{group_id}/users": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
            };
            readonly cookie?: never;
        };
        /** The users in the group */
        readonly get: operations["listGroupUsers"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/groups/{group_id}/users/{user_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        /** Whether the user is in the group */
        readonly get: operations["getGroupUser"];
        /** Put the user into the group */
        readonly put: operations["addGroupUser"];
        readonly post?: never;
        /** Take the user out of the group */
        readonly delete: operations["removeGroupUser"];
        readonly options?: never;
        /** Whether the user is in the group */
        readonly head: operations["checkGroupUser"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/roles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Roles */
        readonly get: operations["listRoles"];
        readonly put?: never;
        /** Make a role; the policy knows admin, member and reader only */
        readonly post: operations["createRole"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/roles/{role_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        /** A role */
        readonly get: operations["showRole"];
        readonly put?: never;
        readonly post?: never;
        /** Delete a role that is not built in, with its assignments */
        readonly delete: operations["deleteRole"];
        readonly options?: never;
        readonly head?: never;
        /** Change a role; built-in ones keep their names */
        readonly patch: operations["updateRole"];
        readonly trace?: never;
    };
    readonly "/identity/v3/roles/{role_id}/implies": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        /** The roles that the role implies, as the rules say it */
        readonly get: operations["listImpliedRoles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/roles/{role_id}/implies/{implied_role_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly role_id: components["parameters"]["role_id"];
                readonly implied_role_id: components["parameters"]["impliedRoleId"];
            };
            readonly cookie?: never;
        };
        /** A rule that one role implies another */
        readonly get: operations["showImpliedRole"];
        /** Whoever holds the role holds the implied one too */
        readonly put: operations["implyRole"];
        readonly post?: never;
        /** Take the rule back */
        readonly delete: operations["unimplyRole"];
        readonly options?: never;
        /** Whether one role implies another */
        readonly head: operations["checkImpliedRole"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/role_inferences": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All rules that one role implies another */
        readonly get: operations["listRoleInferences"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/projects/{project_id}/users/{user_id}/roles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        /** The user's roles on the project */
        readonly get: operations["listProjectUserRoles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/projects/{project_id}/users/{user_id}/roles/{role_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        /** Whether the user has the role on the project */
        readonly get: operations["getProjectRole"];
        /** Give the user the role on the project */
        readonly put: operations["assignProjectRole"];
        readonly post?: never;
        /** Take the role on the project from the user */
        readonly delete: operations["unassignProjectRole"];
        readonly options?: never;
        /** Whether the user has the role on the project */
        readonly head: operations["checkProjectRole"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/projects/{project_id}/groups/{group_id}/roles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly group_id: components["parameters"]["group_id"];
            };
            readonly cookie?: never;
        };
        /** The group's roles on the project */
        readonly get: operations["listProjectGroupRoles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/projects/{project_id}/groups/{group_id}/roles/{role_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        /** Whether the group has the role on the project */
        readonly get: operations["getProjectGroupRole"];
        /** Give the group the role on the project */
        readonly put: operations["assignProjectGroupRole"];
        readonly post?: never;
        /** Take the role on the project from the group */
        readonly delete: operations["unassignProjectGroupRole"];
        readonly options?: never;
        /** Whether the group has the role on the project */
        readonly head: operations["checkProjectGroupRole"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/domains/{domain_id}/users/{user_id}/roles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        /** The user's roles on the domain */
        readonly get: operations["listDomainUserRoles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/domains/{domain_id}/users/{user_id}/roles/{role_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        /** Whether the user has the role on the domain */
        readonly get: operations["getDomainRole"];
        /** Give the user the role on the domain */
        readonly put: operations["assignDomainRole"];
        readonly post?: never;
        /** Take the role on the domain from the user */
        readonly delete: operations["unassignDomainRole"];
        readonly options?: never;
        /** Whether the user has the role on the domain */
        readonly head: operations["checkDomainRole"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/domains/{domain_id}/groups/{group_id}/roles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group_id: components["parameters"]["group_id"];
            };
            readonly cookie?: never;
        };
        /** The group's roles on the domain */
        readonly get: operations["listDomainGroupRoles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/domains/{domain_id}/groups/{group_id}/roles/{role_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        /** Whether the group has the role on the domain */
        readonly get: operations["getDomainGroupRole"];
        /** Give the group the role on the domain */
        readonly put: operations["assignDomainGroupRole"];
        readonly post?: never;
        /** Take the role on the domain from the group */
        readonly delete: operations["unassignDomainGroupRole"];
        readonly options?: never;
        /** Whether the group has the role on the domain */
        readonly head: operations["checkDomainGroupRole"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/system/users/{user_id}/roles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        /** The user's roles on the system */
        readonly get: operations["listSystemUserRoles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/system/users/{user_id}/roles/{role_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        /** Whether the user has the role on the system */
        readonly get: operations["getSystemRole"];
        /** Give the user the role on the system */
        readonly put: operations["assignSystemRole"];
        readonly post?: never;
        /** Take the role on the system from the user */
        readonly delete: operations["unassignSystemRole"];
        readonly options?: never;
        /** Whether the user has the role on the system */
        readonly head: operations["checkSystemRole"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/system/groups/{group_id}/roles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
            };
            readonly cookie?: never;
        };
        /** The group's roles on the system */
        readonly get: operations["listSystemGroupRoles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/system/groups/{group_id}/roles/{role_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        /** Whether the group has the role on the system */
        readonly get: operations["getSystemGroupRole"];
        /** Give the group the role on the system */
        readonly put: operations["assignSystemGroupRole"];
        readonly post?: never;
        /** Take the role on the system from the group */
        readonly delete: operations["unassignSystemGroupRole"];
        readonly options?: never;
        /** Whether the group has the role on the system */
        readonly head: operations["checkSystemGroupRole"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-INHERIT/projects/{project_id}/users/{user_id}/roles/{role_id}/inherited_to_projects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        /** Whether the user has the role on all projects below the project */
        readonly get: operations["getInheritedProjectRole"];
        /** Give the user the role on all projects below the project */
        readonly put: operations["assignInheritedProjectRole"];
        readonly post?: never;
        /** Take the role on all projects below the project from the user */
        readonly delete: operations["unassignInheritedProjectRole"];
        readonly options?: never;
        /** Whether the user has the role on all projects below the project */
        readonly head: operations["checkInheritedProjectRole"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-INHERIT/projects/{project_id}/groups/{group_id}/roles/{role_id}/inherited_to_projects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        /** Whether the group has the role on all projects below the project */
        readonly get: operations["getInheritedProjectGroupRole"];
        /** Give the group the role on all projects below the project */
        readonly put: operations["assignInheritedProjectGroupRole"];
        readonly post?: never;
        /** Take the role on all projects below the project from the group */
        readonly delete: operations["unassignInheritedProjectGroupRole"];
        readonly options?: never;
        /** Whether the group has the role on all projects below the project */
        readonly head: operations["checkInheritedProjectGroupRole"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-INHERIT/domains/{domain_id}/users/{user_id}/roles/inherited_to_projects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        /** The user's roles on all projects below the domain */
        readonly get: operations["listInheritedDomainUserRoles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-INHERIT/domains/{domain_id}/users/{user_id}/roles/{role_id}/inherited_to_projects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        /** Whether the user has the role on all projects below the domain */
        readonly get: operations["getInheritedDomainRole"];
        /** Give the user the role on all projects below the domain */
        readonly put: operations["assignInheritedDomainRole"];
        readonly post?: never;
        /** Take the role on all projects below the domain from the user */
        readonly delete: operations["unassignInheritedDomainRole"];
        readonly options?: never;
        /** Whether the user has the role on all projects below the domain */
        readonly head: operations["checkInheritedDomainRole"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-INHERIT/domains/{domain_id}/groups/{group_id}/roles/inherited_to_projects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group_id: components["parameters"]["group_id"];
            };
            readonly cookie?: never;
        };
        /** The group's roles on all projects below the domain */
        readonly get: operations["listInheritedDomainGroupRoles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-INHERIT/domains/{domain_id}/groups/{group_id}/roles/{role_id}/inherited_to_projects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        /** Whether the group has the role on all projects below the domain */
        readonly get: operations["getInheritedDomainGroupRole"];
        /** Give the group the role on all projects below the domain */
        readonly put: operations["assignInheritedDomainGroupRole"];
        readonly post?: never;
        /** Take the role on all projects below the domain from the group */
        readonly delete: operations["unassignInheritedDomainGroupRole"];
        readonly options?: never;
        /** Whether the group has the role on all projects below the domain */
        readonly head: operations["checkInheritedDomainGroupRole"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/role_assignments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who holds which role where */
        readonly get: operations["listRoleAssignments"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/services": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Services of the catalog */
        readonly get: operations["listCatalogServices"];
        readonly put?: never;
        /** Add a service to the catalog */
        readonly post: operations["createCatalogService"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/services/{service_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly service_id: components["parameters"]["serviceId"];
            };
            readonly cookie?: never;
        };
        /** A service */
        readonly get: operations["showCatalogService"];
        readonly put?: never;
        readonly post?: never;
        /** Take a service that was added out of the catalog */
        readonly delete: operations["deleteCatalogService"];
        readonly options?: never;
        readonly head?: never;
        /** Change a service that was added */
        readonly patch: operations["updateCatalogService"];
        readonly trace?: never;
    };
    readonly "/identity/v3/endpoints": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Endpoints of the catalog */
        readonly get: operations["listEndpoints"];
        readonly put?: never;
        /** Add a endpoint to the catalog */
        readonly post: operations["createEndpoint"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/endpoints/{endpoint_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_id: components["parameters"]["endpointId"];
            };
            readonly cookie?: never;
        };
        /** A endpoint */
        readonly get: operations["showEndpoint"];
        readonly put?: never;
        readonly post?: never;
        /** Take a endpoint that was added out of the catalog */
        readonly delete: operations["deleteEndpoint"];
        readonly options?: never;
        readonly head?: never;
        /** Change a endpoint that was added */
        readonly patch: operations["updateEndpoint"];
        readonly trace?: never;
    };
    readonly "/identity/v3/regions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Regions of the catalog */
        readonly get: operations["listRegions"];
        readonly put?: never;
        /** Add a region to the catalog */
        readonly post: operations["createRegion"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/regions/{region_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly region_id: components["parameters"]["regionId"];
            };
            readonly cookie?: never;
        };
        /** A region */
        readonly get: operations["showRegion"];
        /** Add a region of that id to the catalog */
        readonly put: operations["createRegionWithId"];
        readonly post?: never;
        /** Take a region that was added out of the catalog */
        readonly delete: operations["deleteRegion"];
        readonly options?: never;
        readonly head?: never;
        /** Change a region that was added */
        readonly patch: operations["updateRegion"];
        readonly trace?: never;
    };
    readonly "/identity/v3/domains/{domain_id}/config": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
            };
            readonly cookie?: never;
        };
        /** What was kept as the configuration of a domain, its secrets left out; none of it has an effect */
        readonly get: operations["showDomainConfig"];
        /** Keep a configuration in place of what there is (for clients that do; none of it has an effect) */
        readonly put: operations["replaceDomainConfig"];
        readonly post?: never;
        /** Forget the configuration of a domain */
        readonly delete: operations["deleteDomainConfig"];
        readonly options?: never;
        readonly head?: never;
        /** Change options of it, or add some */
        readonly patch: operations["updateDomainConfig"];
        readonly trace?: never;
    };
    readonly "/identity/v3/domains/{domain_id}/config/{group}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group: components["parameters"]["configGroup"];
            };
            readonly cookie?: never;
        };
        /** One group of it */
        readonly get: operations["showDomainConfigGroup"];
        readonly put?: never;
        readonly post?: never;
        /** Forget a group */
        readonly delete: operations["deleteDomainConfigGroup"];
        readonly options?: never;
        readonly head?: never;
        /** Change options of a group that is there */
        readonly patch: operations["updateDomainConfigGroup"];
        readonly trace?: never;
    };
    readonly "/identity/v3/domains/{domain_id}/config/{group}/{option}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group: components["parameters"]["configGroup"];
                readonly option: components["parameters"]["configOption"];
            };
            readonly cookie?: never;
        };
        /** One option of it */
        readonly get: operations["showDomainConfigOption"];
        readonly put?: never;
        readonly post?: never;
        /** Forget an option */
        readonly delete: operations["deleteDomainConfigOption"];
        readonly options?: never;
        readonly head?: never;
        /** Change an option that is there; the answer is the whole */
        readonly patch: operations["updateDomainConfigOption"];
        readonly trace?: never;
    };
    readonly "/identity/v3/domains/config/default": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The options that can be kept, with their defaults */
        readonly get: operations["showDefaultDomainConfig"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/domains/config/{group}/default": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group: components["parameters"]["configGroup"];
            };
            readonly cookie?: never;
        };
        /** The defaults of one group */
        readonly get: operations["showDefaultDomainConfigGroup"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/domains/config/{group}/{option}/default": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group: components["parameters"]["configGroup"];
                readonly option: components["parameters"]["configOption"];
            };
            readonly cookie?: never;
        };
        /** The default of one option */
        readonly get: operations["showDefaultDomainConfigOption"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-TRUST/trusts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Trusts by trustor or trustee, for admins and the one that is named; everybody's for admins */
        readonly get: operations["listTrusts"];
        readonly put?: never;
        /** Lend roles of one's own on a project to another user, or hand on a trust with a token of it */
        readonly post: operations["createTrust"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-TRUST/trusts/{trust_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly trust_id: components["parameters"]["trustId"];
            };
            readonly cookie?: never;
        };
        /** A trust, for admins, its trustor and its trustee */
        readonly get: operations["showTrust"];
        readonly put?: never;
        readonly post?: never;
        /** Delete a trust with its tokens and what was handed on from it, for admins and its trustor */
        readonly delete: operations["deleteTrust"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-TRUST/trusts/{trust_id}/roles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly trust_id: components["parameters"]["trustId"];
            };
            readonly cookie?: never;
        };
        /** The roles that a trust lends */
        readonly get: operations["listTrustRoles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-TRUST/trusts/{trust_id}/roles/{role_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly trust_id: components["parameters"]["trustId"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        /** A role that the trust lends */
        readonly get: operations["showTrustRole"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        /** Whether the trust lends the role */
        readonly head: operations["checkTrustRole"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-OAUTH1/consumers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Consumers, who may ask users to lend them roles */
        readonly get: operations["listConsumers"];
        readonly put?: never;
        /** Add a consumer; its secret is told once */
        readonly post: operations["createConsumer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-OAUTH1/consumers/{consumer_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly consumer_id: components["parameters"]["consumerId"];
            };
            readonly cookie?: never;
        };
        /** A consumer */
        readonly get: operations["showConsumer"];
        readonly put?: never;
        readonly post?: never;
        /** Delete a consumer; what users lent it ends */
        readonly delete: operations["deleteConsumer"];
        readonly options?: never;
        readonly head?: never;
        /** Change the description of a consumer */
        readonly patch: operations["updateConsumer"];
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-OAUTH1/request_token": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A consumer asks for roles on a project, in a request that it signs (OAuth 1.0a) */
        readonly post: operations["createRequestToken"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-OAUTH1/authorize/{request_token_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly request_token_id: components["parameters"]["requestTokenId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        /** Lend the consumer roles of one’s own on the project that it named */
        readonly put: operations["authorizeRequestToken"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-OAUTH1/access_token": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A consumer exchanges a request token that was authorised, in a request that it signs with it */
        readonly post: operations["createAccessToken"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/users/{user_id}/OS-OAUTH1/access_tokens": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        /** What a user lent to consumers, for admins and the user */
        readonly get: operations["listAccessTokens"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/users/{user_id}/OS-OAUTH1/access_tokens/{access_token_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly access_token_id: components["parameters"]["accessTokenId"];
            };
            readonly cookie?: never;
        };
        /** An access token, for admins and its user */
        readonly get: operations["showAccessToken"];
        readonly put?: never;
        readonly post?: never;
        /** Take back what was lent, for admins and the user */
        readonly delete: operations["deleteAccessToken"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/users/{user_id}/OS-OAUTH1/access_tokens/{access_token_id}/roles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly access_token_id: components["parameters"]["accessTokenId"];
            };
            readonly cookie?: never;
        };
        /** The roles that were lent */
        readonly get: operations["listAccessTokenRoles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/users/{user_id}/OS-OAUTH1/access_tokens/{access_token_id}/roles/{role_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly access_token_id: components["parameters"]["accessTokenId"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        /** A role that was lent */
        readonly get: operations["showAccessTokenRole"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-EP-FILTER/endpoint_groups": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Endpoint groups of the catalog */
        readonly get: operations["listEndpointGroups"];
        readonly put?: never;
        /** Add a endpoint group to the catalog */
        readonly post: operations["createEndpointGroup"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-EP-FILTER/endpoint_groups/{endpoint_group_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_group_id: components["parameters"]["endpointGroupId"];
            };
            readonly cookie?: never;
        };
        /** A endpoint group */
        readonly get: operations["showEndpointGroup"];
        readonly put?: never;
        readonly post?: never;
        /** Take a endpoint group that was added out of the catalog */
        readonly delete: operations["deleteEndpointGroup"];
        readonly options?: never;
        /** Whether there is such an endpoint group */
        readonly head: operations["checkEndpointGroup"];
        /** Change a endpoint group that was added */
        readonly patch: operations["updateEndpointGroup"];
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-EP-FILTER/endpoint_groups/{endpoint_group_id}/endpoints": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_group_id: components["parameters"]["endpointGroupId"];
            };
            readonly cookie?: never;
        };
        /** The endpoints in the group */
        readonly get: operations["listEndpointGroupEndpoints"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-EP-FILTER/endpoint_groups/{endpoint_group_id}/projects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_group_id: components["parameters"]["endpointGroupId"];
            };
            readonly cookie?: never;
        };
        /** The projects that the group was given to */
        readonly get: operations["listEndpointGroupProjects"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-EP-FILTER/endpoint_groups/{endpoint_group_id}/projects/{project_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_group_id: components["parameters"]["endpointGroupId"];
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        /** A group that was given to the project */
        readonly get: operations["showProjectEndpointGroup"];
        /** Give the group to the project, which then sees nothing else */
        readonly put: operations["giveProjectEndpointGroup"];
        readonly post?: never;
        /** Take the group from the project */
        readonly delete: operations["takeBackProjectEndpointGroup"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-EP-FILTER/endpoints/{endpoint_id}/projects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_id: components["parameters"]["endpointId"];
            };
            readonly cookie?: never;
        };
        /** The projects that the endpoint was given to */
        readonly get: operations["listEndpointProjects"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-EP-FILTER/projects/{project_id}/endpoints": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        /** The endpoints that were given to the project one by one */
        readonly get: operations["listProjectEndpoints"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-EP-FILTER/projects/{project_id}/endpoint_groups": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        /** The endpoint groups that were given to the project */
        readonly get: operations["listProjectEndpointGroups"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/OS-EP-FILTER/projects/{project_id}/endpoints/{endpoint_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly endpoint_id: components["parameters"]["endpointId"];
            };
            readonly cookie?: never;
        };
        /** Whether the endpoint was given to the project */
        readonly get: operations["getProjectEndpoint"];
        /** Give the endpoint to the project, which then sees nothing else */
        readonly put: operations["giveProjectEndpoint"];
        readonly post?: never;
        /** Take the endpoint from the project */
        readonly delete: operations["takeBackProjectEndpoint"];
        readonly options?: never;
        /** Whether the endpoint was given to the project */
        readonly head: operations["checkProjectEndpoint"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/policies": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Policies that other services keep here */
        readonly get: operations["listPolicies"];
        readonly put?: never;
        /** Keep a policy of another service */
        readonly post: operations["createPolicy"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/policies/{policy_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly policy_id: components["parameters"]["policyId"];
            };
            readonly cookie?: never;
        };
        /** A policy */
        readonly get: operations["showPolicy"];
        readonly put?: never;
        readonly post?: never;
        /** Delete a policy */
        readonly delete: operations["deletePolicy"];
        readonly options?: never;
        readonly head?: never;
        /** Change a policy */
        readonly patch: operations["updatePolicy"];
        readonly trace?: never;
    };
    readonly "/identity/v3/credentials": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One's own credentials for other services; an admin's list has all */
        readonly get: operations["listCredentials"];
        readonly put?: never;
        /** Keep a credential for other services */
        readonly post: operations["createCredential"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/credentials/{credential_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly credential_id: components["parameters"]["credentialId"];
            };
            readonly cookie?: never;
        };
        /** A credential, for admins and its user */
        readonly get: operations["showCredential"];
        readonly put?: never;
        readonly post?: never;
        /** Delete a credential */
        readonly delete: operations["deleteCredential"];
        readonly options?: never;
        readonly head?: never;
        /** Change a credential */
        readonly patch: operations["updateCredential"];
        readonly trace?: never;
    };
    readonly "/identity/v3/users/{user_id}/credentials/OS-EC2": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        /** A user's EC2 credentials, for admins and the user */
        readonly get: operations["listEc2Credentials"];
        readonly put?: never;
        /** Make an EC2 credential for a project */
        readonly post: operations["createEc2Credential"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/identity/v3/users/{user_id}/credentials/OS-EC2/{access}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly access: components["parameters"]["ec2Access"];
            };
            readonly cookie?: never;
        };
        /** An EC2 credential, for admins and its user */
        readonly get: operations["showEc2Credential"];
        readonly put?: never;
        readonly post?: never;
        /** Delete an EC2 credential */
        readonly delete: operations["deleteEc2Credential"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The versions of the image face */
        readonly get: operations["listImageVersions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/versions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The versions of the image face */
        readonly get: operations["listImageVersionsByName"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/images": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Images that the project may see, newest first; other query keys are properties to be equal to */
        readonly get: operations["listImages"];
        readonly put?: never;
        /** Make an image without data */
        readonly post: operations["createImage"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/images/{image_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        /** An image */
        readonly get: operations["showImage"];
        readonly put?: never;
        readonly post?: never;
        /** Delete an image with its data */
        readonly delete: operations["deleteImage"];
        readonly options?: never;
        readonly head?: never;
        /** Change an image by a JSON patch; all of it or nothing */
        readonly patch: operations["updateImage"];
        readonly trace?: never;
    };
    readonly "/image/v2/images/{image_id}/file": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        /** The image's data */
        readonly get: operations["downloadImageData"];
        /** Give a queued image its data, as a stream */
        readonly put: operations["uploadImageData"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/images/{image_id}/tags/{tag}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
                readonly tag: string;
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put: operations["addImageTag"];
        readonly post?: never;
        readonly delete: operations["removeImageTag"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/images/{image_id}/actions/deactivate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Keep the data from everybody but admins; no server can be made from it */
        readonly post: operations["deactivateImage"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/images/{image_id}/actions/reactivate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Give the data out again */
        readonly post: operations["reactivateImage"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/images/{image_id}/members": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        /** Projects that the image is shared with; a member sees itself */
        readonly get: operations["listImageMembers"];
        readonly put?: never;
        /** Share a shared image with a project, which may accept or reject it */
        readonly post: operations["addImageMember"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/images/{image_id}/members/{member_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
                readonly member_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showImageMember"];
        /** Accept or reject an image that is shared with one's project */
        readonly put: operations["updateImageMember"];
        readonly post?: never;
        readonly delete: operations["removeImageMember"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/schemas/member": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What a member of an image looks like, as a JSON schema */
        readonly get: operations["showImageMemberSchema"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/schemas/members": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What a list of members looks like, as a JSON schema */
        readonly get: operations["showImageMembersSchema"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/schemas/image": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What an image looks like, as a JSON schema */
        readonly get: operations["showImageSchema"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/schemas/images": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What a list of images looks like, as a JSON schema */
        readonly get: operations["showImagesSchema"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/images/{image_id}/stage": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        /** Give a queued image data that waits for its import, as a stream */
        readonly put: operations["stageImageData"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/images/{image_id}/import": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Import staged data, or data from the web; the image's tasks tell how it went */
        readonly post: operations["importImage"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/images/{image_id}/tasks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        /** Tasks on an image of the project's own, oldest first */
        readonly get: operations["listTasksOfImage"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/info/import": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Ways in which images may be imported */
        readonly get: operations["showImportInfo"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/info/stores": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Where images are kept */
        readonly get: operations["listImageStores"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/info/stores/detail": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Where images are kept, for admins */
        readonly get: operations["listImageStoresDetail"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/tasks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Tasks on images of all projects, newest first */
        readonly get: operations["listImageTasks"];
        readonly put?: never;
        /** Make an image from data on the web */
        readonly post: operations["createImageTask"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/tasks/{task_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly task_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showImageTask"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/schemas/task": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What a task looks like, as a JSON schema */
        readonly get: operations["showTaskSchema"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/schemas/tasks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What a list of tasks looks like, as a JSON schema */
        readonly get: operations["showTasksSchema"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/metadefs/namespaces": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Namespaces that the project may see */
        readonly get: operations["listMetadefNamespaces"];
        readonly put?: never;
        /** Make a namespace, with what is in it */
        readonly post: operations["createMetadefNamespace"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/metadefs/namespaces/{namespace}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        /** A namespace and everything in it */
        readonly get: operations["showMetadefNamespace"];
        /** Say anew what a namespace is; what is left out falls back to its default */
        readonly put: operations["updateMetadefNamespace"];
        readonly post?: never;
        /** Delete a namespace with everything in it */
        readonly delete: operations["deleteMetadefNamespace"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/metadefs/namespaces/{namespace}/resource_types": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        /** Types of resources that the namespace is for */
        readonly get: operations["listMetadefAssociations"];
        readonly put?: never;
        /** Say that the namespace is for a type of resources */
        readonly post: operations["createMetadefAssociation"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/metadefs/namespaces/{namespace}/resource_types/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Say that it is not any more */
        readonly delete: operations["deleteMetadefAssociation"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/metadefs/namespaces/{namespace}/objects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        /** Objects of a namespace */
        readonly get: operations["listMetadefObjects"];
        readonly put?: never;
        /** Add one to the objects of a namespace */
        readonly post: operations["createMetadefObject"];
        /** Delete all objects of a namespace */
        readonly delete: operations["deleteMetadefObjects"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/metadefs/namespaces/{namespace}/objects/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        /** One of the objects */
        readonly get: operations["showMetadefObject"];
        /** Say anew what it is, and its name */
        readonly put: operations["updateMetadefObject"];
        readonly post?: never;
        /** Delete one of the objects */
        readonly delete: operations["deleteMetadefObject"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/metadefs/namespaces/{namespace}/properties": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        /** Properties of a namespace */
        readonly get: operations["listMetadefProperties"];
        readonly put?: never;
        /** Add one to the properties of a namespace */
        readonly post: operations["createMetadefProperty"];
        /** Delete all properties of a namespace */
        readonly delete: operations["deleteMetadefProperties"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/metadefs/namespaces/{namespace}/properties/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        /** One of the properties */
        readonly get: operations["showMetadefProperty"];
        /** Say anew what it is, and its name */
        readonly put: operations["updateMetadefProperty"];
        readonly post?: never;
        /** Delete one of the properties */
        readonly delete: operations["deleteMetadefProperty"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/metadefs/namespaces/{namespace}/tags": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        /** Tags of a namespace */
        readonly get: operations["listMetadefTags"];
        readonly put?: never;
        /** Give a namespace these tags instead of its own; besides them with X-Openstack-Append true */
        readonly post: operations["createMetadefTags"];
        /** Delete all tags of a namespace */
        readonly delete: operations["deleteMetadefTags"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/metadefs/namespaces/{namespace}/tags/{name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        /** One of the tags */
        readonly get: operations["showMetadefTag"];
        /** Give it another name */
        readonly put: operations["updateMetadefTag"];
        /** Add one to the tags of a namespace */
        readonly post: operations["createMetadefTag"];
        /** Delete one of the tags */
        readonly delete: operations["deleteMetadefTag"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/metadefs/resource_types": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Types of resources that namespaces may be for */
        readonly get: operations["listMetadefResourceTypes"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/image/v2/schemas/metadefs/{schema_name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly schema_name: string;
            };
            readonly cookie?: never;
        };
        /** What metadata definitions look like, as a JSON schema */
        readonly get: operations["showMetadefSchema"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The versions of the compute face; v2.0 first, as old clients expect */
        readonly get: operations["listComputeVersions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The face without microversions */
        readonly get: operations["showComputeVersion20"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The face with microversions and their range */
        readonly get: operations["showComputeVersion21"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/flavors": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listFlavors"];
        readonly put?: never;
        readonly post: operations["createFlavor"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/flavors/detail": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listFlavorsDetail"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/flavors/{flavor_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["showFlavor"];
        readonly put: operations["updateFlavor"];
        readonly post?: never;
        readonly delete: operations["deleteFlavor"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/flavors/{flavor_id}/os-extra_specs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["listFlavorExtraSpecs"];
        readonly put?: never;
        readonly post: operations["createFlavorExtraSpecs"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/flavors/{flavor_id}/os-extra_specs/{key}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
                readonly key: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showFlavorExtraSpec"];
        readonly put: operations["updateFlavorExtraSpec"];
        readonly post?: never;
        readonly delete: operations["deleteFlavorExtraSpec"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/flavors/{flavor_id}/os-flavor-access": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["listFlavorAccess"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/flavors/{flavor_id}/action#addTenantAccess": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["addFlavorAccess"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/flavors/{flavor_id}/action#removeTenantAccess": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["removeFlavorAccess"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listServers"];
        readonly put?: never;
        readonly post: operations["createServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/detail": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listServersDetail"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["showServer"];
        readonly put: operations["updateServer"];
        readonly post?: never;
        readonly delete: operations["deleteServer"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#os-start": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["startServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#os-stop": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["stopServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#reboot": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["rebootServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#pause": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["pauseServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#unpause": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["unpauseServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#suspend": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["suspendServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#resume": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["resumeServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#os-getConsoleOutput": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["getConsoleOutput"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#rebuild": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["rebuildServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#resize": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["resizeServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#createImage": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createServerImage"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#createImage245": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createServerImage245"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#createBackup": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createServerBackup"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#createBackup245": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createServerBackup245"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#rescue": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["rescueServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#unrescue": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["unrescueServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#changePassword": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["changeServerPassword"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#shelve": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["shelveServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#shelveOffload": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["shelveOffloadServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#unshelve": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["unshelveServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#confirmResize": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["confirmServerResize"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#revertResize": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["revertServerResize"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#migrate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["migrateServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#evacuate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["evacuateServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#evacuate214": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["evacuateServer214"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#os-migrateLive": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["liveMigrateServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#os-migrateLive225": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["liveMigrateServer225"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#os-resetState": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["resetServerState"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#lock": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["lockServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#unlock": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["unlockServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#addSecurityGroup": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Kept and shown; nothing filters before there are networks */
        readonly post: operations["addServerSecurityGroup"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#removeSecurityGroup": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** The server is in it no more */
        readonly post: operations["removeServerSecurityGroup"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/os-security-groups": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["listServerSecurityGroups"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/ips": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["listServerAddresses"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/ips/{network_label}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly network_label: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showServerAddresses"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#os-getVNCConsole": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["getVncConsole"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#os-getSPICEConsole": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["getSpiceConsole"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#os-getRDPConsole": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["getRdpConsole"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#os-getSerialConsole": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["getSerialConsole"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/remote-consoles#2.6": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createRemoteConsole"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/remote-consoles#2.8": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createRemoteConsole28"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-console-auth-tokens/{console_token}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly console_token: string;
            };
            readonly cookie?: never;
        };
        /** Up to 2.30 for consoles of the type rdp-html5 alone, which no hypervisor here has */
        readonly get: operations["showConsoleAuthToken"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/diagnostics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["showServerDiagnostics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/diagnostics#2.48": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["showServerDiagnostics248"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#addFixedIp": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** 501, as servers have the addresses with which they were made */
        readonly post: operations["addServerFixedIp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#removeFixedIp": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** 501, as servers have the addresses with which they were made */
        readonly post: operations["removeServerFixedIp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#addFloatingIp": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** 404, as there are no floating addresses before there is a network service */
        readonly post: operations["addServerFloatingIp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#removeFloatingIp": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** 404, as there are no floating addresses before there is a network service */
        readonly post: operations["removeServerFloatingIp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/os-volume_attachments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        /** None before there is a volume service */
        readonly get: operations["listVolumeAttachments"];
        readonly put?: never;
        /** 501 before there is a volume service */
        readonly post: operations["attachVolume"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/os-volume_attachments/{volume_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly volume_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showVolumeAttachment"];
        readonly put: operations["updateVolumeAttachment"];
        readonly post?: never;
        readonly delete: operations["detachVolume"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/os-interface": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["listServerInterfaces"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/os-interface/{port_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly port_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showServerInterface"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-server-groups": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listServerGroups"];
        readonly put?: never;
        readonly post: operations["createServerGroup"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-server-groups/{server_group_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_group_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showServerGroup"];
        readonly put?: never;
        readonly post?: never;
        readonly delete: operations["deleteServerGroup"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-networks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listComputeNetworks"];
        readonly put?: never;
        readonly post: operations["createComputeNetwork"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-networks/{network_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly network_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showComputeNetwork"];
        readonly put?: never;
        readonly post?: never;
        readonly delete: operations["deleteComputeNetwork"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-tenant-networks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listTenantNetworks"];
        readonly put?: never;
        readonly post: operations["createTenantNetwork"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-tenant-networks/{network_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly network_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showTenantNetwork"];
        readonly put?: never;
        readonly post?: never;
        readonly delete: operations["deleteTenantNetwork"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-security-groups": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listSecurityGroups"];
        readonly put?: never;
        readonly post: operations["createSecurityGroup"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-security-groups/{security_group_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly security_group_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showSecurityGroup"];
        readonly put: operations["updateSecurityGroup"];
        readonly post?: never;
        readonly delete: operations["deleteSecurityGroup"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-security-group-rules": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createSecurityGroupRule"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-security-group-rules/{security_group_rule_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly security_group_rule_id: string;
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        readonly delete: operations["deleteSecurityGroupRule"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/tags": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["listServerTags"];
        readonly put: operations["replaceServerTags"];
        readonly post?: never;
        readonly delete: operations["deleteServerTags"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/tags/{tag}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly tag: components["schemas"]["ServerTag"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["showServerTag"];
        readonly put: operations["addServerTag"];
        readonly post?: never;
        readonly delete: operations["deleteServerTag"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/os-instance-actions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        /** Newest first; from 2.21 on of deleted servers too */
        readonly get: operations["listInstanceActions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/os-instance-actions/{request_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly request_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showInstanceAction"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-migrations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Newest first */
        readonly get: operations["listMigrations"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/migrations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        /** Live migrations under way */
        readonly get: operations["listServerMigrations"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/migrations/{migration_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly migration_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showServerMigration"];
        readonly put?: never;
        readonly post?: never;
        /** Before 2.65 only once it is running */
        readonly delete: operations["abortServerMigration"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/migrations/{migration_id}/action#force_complete": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly migration_id: string;
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["forceServerMigration"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/metadata": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["listServerMetadata"];
        readonly put: operations["replaceServerMetadata"];
        /** Add or replace some */
        readonly post: operations["createServerMetadata"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/metadata/{key}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly key: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showServerMetadataItem"];
        readonly put: operations["updateServerMetadataItem"];
        readonly post?: never;
        readonly delete: operations["deleteServerMetadataItem"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/images": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listComputeImages"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/images/detail": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listComputeImagesDetail"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/images/{image_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["showComputeImage"];
        readonly put?: never;
        readonly post?: never;
        readonly delete: operations["deleteComputeImage"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/images/{image_id}/metadata": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["listComputeImageMetadata"];
        readonly put: operations["replaceComputeImageMetadata"];
        /** Add or replace some */
        readonly post: operations["createComputeImageMetadata"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/images/{image_id}/metadata/{key}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
                readonly key: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showComputeImageMetadataItem"];
        readonly put: operations["updateComputeImageMetadataItem"];
        readonly post?: never;
        readonly delete: operations["deleteComputeImageMetadataItem"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-keypairs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listKeypairs"];
        readonly put?: never;
        /** Keep a public key, or have a pair made; its private half is in the answer and nowhere else */
        readonly post: operations["createKeypair"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-keypairs/{keypair_name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly keypair_name: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showKeypair"];
        readonly put?: never;
        readonly post?: never;
        readonly delete: operations["deleteKeypair"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-availability-zone": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listAvailabilityZones"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-availability-zone/detail": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** With their hosts */
        readonly get: operations["listAvailabilityZonesDetail"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/limits": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What the project may have and has; -1 is without a limit */
        readonly get: operations["showLimits"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-simple-tenant-usage": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listTenantUsages"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-simple-tenant-usage/{project_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showTenantUsage"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-instance_usage_audit_log": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listUsageAuditLogs"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-instance_usage_audit_log/{before}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly before: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showUsageAuditLog"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-quota-class-sets/{class_name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly class_name: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showQuotaClassSet"];
        readonly put: operations["updateQuotaClassSet"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-agents": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listGuestAgentBuilds"];
        readonly put?: never;
        readonly post: operations["createGuestAgentBuild"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-agents/{build_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly build_id: string;
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put: operations["updateGuestAgentBuild"];
        readonly post?: never;
        readonly delete: operations["deleteGuestAgentBuild"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-cells": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listCells"];
        readonly put?: never;
        readonly post: operations["createCell"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-cells/detail": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listCellsDetail"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-cells/info": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["showCellInfo"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-cells/capacities": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["showCellCapacities"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-cells/sync_instances": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["syncCellInstances"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-cells/{cell_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly cell_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showCell"];
        readonly put: operations["updateCell"];
        readonly post?: never;
        readonly delete: operations["deleteCell"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-cells/{cell_id}/capacities": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly cell_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showCapacitiesOfCell"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-certificates": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createCertificate"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-certificates/{certificate_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly certificate_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showCertificate"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-cloudpipe": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listCloudpipes"];
        readonly put?: never;
        readonly post: operations["createCloudpipe"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-cloudpipe/configure-project": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put: operations["configureCloudpipe"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-fping": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["pingServers"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-fping/{server_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["pingServer"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-fixed-ips/{fixed_ip}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly fixed_ip: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showFixedIp"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-fixed-ips/{fixed_ip}/action": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly fixed_ip: string;
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["reserveFixedIp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-floating-ip-dns": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listFloatingIpDomains"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-floating-ip-dns/{dns_domain}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly dns_domain: string;
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put: operations["updateFloatingIpDomain"];
        readonly post?: never;
        readonly delete: operations["deleteFloatingIpDomain"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-floating-ip-dns/{dns_domain}/entries/{dns_name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly dns_domain: string;
                readonly dns_name: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showFloatingIpEntry"];
        readonly put: operations["updateFloatingIpEntry"];
        readonly post?: never;
        readonly delete: operations["deleteFloatingIpEntry"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-floating-ips-bulk": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listFloatingIpsInBulk"];
        readonly put?: never;
        readonly post: operations["createFloatingIpsInBulk"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-floating-ips-bulk/delete": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put: operations["deleteFloatingIpsInBulk"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-floating-ips-bulk/{host_name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly host_name: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["listFloatingIpsOfHost"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/os-virtual-interfaces": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["listVirtualInterfaces"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/consoles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["listXvpConsoles"];
        readonly put?: never;
        readonly post: operations["createXvpConsole"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/consoles/{console_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly console_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showXvpConsole"];
        readonly put?: never;
        readonly post?: never;
        readonly delete: operations["deleteXvpConsole"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-security-group-default-rules": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listDefaultSecurityRules"];
        readonly put?: never;
        readonly post: operations["createDefaultSecurityRule"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-security-group-default-rules/{default_rule_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly default_rule_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showDefaultSecurityRule"];
        readonly put?: never;
        readonly post?: never;
        readonly delete: operations["deleteDefaultSecurityRule"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-networks/add": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["addComputeNetwork"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-networks/{network_id}/action": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly network_id: string;
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["actOnComputeNetwork"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-baremetal-nodes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listBareMetalNodes"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-baremetal-nodes/{node_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly node_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showBareMetalNode"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-floating-ip-pools": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listFloatingIpPools"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-floating-ips": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listFloatingIps"];
        readonly put?: never;
        readonly post: operations["createFloatingIp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-floating-ips/{floating_ip_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly floating_ip_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showFloatingIp"];
        readonly put?: never;
        readonly post?: never;
        readonly delete: operations["deleteFloatingIp"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-volumes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listComputeVolumes"];
        readonly put?: never;
        readonly post: operations["createComputeVolume"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-volumes/detail": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listComputeVolumesDetail"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-volumes/{proxy_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly proxy_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showComputeVolume"];
        readonly put?: never;
        readonly post?: never;
        readonly delete: operations["deleteComputeVolume"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-snapshots": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listComputeSnapshots"];
        readonly put?: never;
        readonly post: operations["createComputeSnapshot"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-snapshots/detail": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listComputeSnapshotsDetail"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-snapshots/{proxy_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly proxy_id: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showComputeSnapshot"];
        readonly put?: never;
        readonly post?: never;
        readonly delete: operations["deleteComputeSnapshot"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-volumes_boot": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createServerFromVolume"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-assisted-volume-snapshots": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createAssistedSnapshot"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-assisted-volume-snapshots/{proxy_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly proxy_id: string;
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        readonly delete: operations["deleteAssistedSnapshot"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/extensions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listExtensions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/extensions/{alias}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly alias: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showExtension"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-hosts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listComputeHosts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-hosts/{host_name}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly host_name: string;
            };
            readonly cookie?: never;
        };
        readonly get: operations["showComputeHost"];
        readonly put: operations["updateComputeHost"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-hosts/{host_name}/startup": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly host_name: string;
            };
            readonly cookie?: never;
        };
        /** No driver here switches hosts */
        readonly get: operations["startupComputeHost"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-hosts/{host_name}/shutdown": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly host_name: string;
            };
            readonly cookie?: never;
        };
        /** No driver here switches hosts */
        readonly get: operations["shutdownComputeHost"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-hosts/{host_name}/reboot": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly host_name: string;
            };
            readonly cookie?: never;
        };
        /** No driver here switches hosts */
        readonly get: operations["rebootComputeHost"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#forceDelete": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["forceDeleteServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#restore": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Nothing is deleted for a while only, so nothing can be restored */
        readonly post: operations["restoreServer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#trigger_crash_dump": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** No driver here can */
        readonly post: operations["triggerCrashDump"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#resetNetwork": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Removed from Nova */
        readonly post: operations["resetServerNetwork"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/action#injectNetworkInfo": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Removed from Nova */
        readonly post: operations["injectNetworkInfo"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/os-server-password": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        /** As the guest has posted it, encrypted; no guest can post here yet */
        readonly get: operations["showServerPassword"];
        readonly put?: never;
        readonly post?: never;
        readonly delete: operations["deleteServerPassword"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/servers/{server_id}/topology": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        /** No driver here gives guests NUMA nodes */
        readonly get: operations["showServerTopology"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-server-external-events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createServerExternalEvents"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-server-external-events#2.51": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createServerExternalEvents251"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-server-external-events#2.76": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createServerExternalEvents276"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-server-external-events#2.82": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createServerExternalEvents282"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-server-external-events#2.93": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["createServerExternalEvents293"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-aggregates": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listAggregates"];
        readonly put?: never;
        readonly post: operations["createAggregate"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-aggregates/{aggregate_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly aggregate_id: components["parameters"]["aggregateId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["showAggregate"];
        readonly put: operations["updateAggregate"];
        readonly post?: never;
        readonly delete: operations["deleteAggregate"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-aggregates/{aggregate_id}/images": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly aggregate_id: components["parameters"]["aggregateId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** 501, as hosts fetch an image when a server needs it */
        readonly post: operations["cacheAggregateImages"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-aggregates/{aggregate_id}/action#add_host": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly aggregate_id: components["parameters"]["aggregateId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["addAggregateHost"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-aggregates/{aggregate_id}/action#remove_host": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly aggregate_id: components["parameters"]["aggregateId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["removeAggregateHost"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-aggregates/{aggregate_id}/action#set_metadata": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly aggregate_id: components["parameters"]["aggregateId"];
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post: operations["setAggregateMetadata"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-quota-sets/{project_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: string;
            };
            readonly cookie?: never;
        };
        /** What the project may have; -1 is without a limit */
        readonly get: operations["showQuotaSet"];
        readonly put: operations["updateQuotaSet"];
        readonly post?: never;
        /** The defaults hold again */
        readonly delete: operations["deleteQuotaSet"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-quota-sets/{project_id}/defaults": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: string;
            };
            readonly cookie?: never;
        };
        /** What a project may have when nobody said otherwise */
        readonly get: operations["showDefaultQuotaSet"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-quota-sets/{project_id}/detail": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: string;
            };
            readonly cookie?: never;
        };
        /** With what is in use */
        readonly get: operations["showQuotaSetDetail"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-hypervisors": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listHypervisors"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-hypervisors/detail": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listHypervisorsDetail"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-hypervisors/statistics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["showHypervisorStatistics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-hypervisors/{hypervisor_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly hypervisor_id: components["parameters"]["hypervisorId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["showHypervisor"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-hypervisors/{hypervisor_id}/uptime": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly hypervisor_id: components["parameters"]["hypervisorId"];
            };
            readonly cookie?: never;
        };
        readonly get: operations["showHypervisorUptime"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-hypervisors/{hypervisor_id}/search": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly hypervisor_id: components["parameters"]["hypervisorId"];
            };
            readonly cookie?: never;
        };
        /** Of those with the given text in their names */
        readonly get: operations["searchHypervisors"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-hypervisors/{hypervisor_id}/servers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly hypervisor_id: components["parameters"]["hypervisorId"];
            };
            readonly cookie?: never;
        };
        /** Of those with the given text in their names */
        readonly get: operations["listHypervisorServers"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-services": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get: operations["listServices"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-services/enable": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put: operations["enableService"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-services/disable": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put: operations["disableService"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-services/disable-log-reason": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put: operations["disableServiceWithReason"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-services/force-down": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put: operations["forceServiceDown"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/compute/v2.1/os-services/{compute_service_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly compute_service_id: string;
            };
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put: operations["updateService"];
        readonly post?: never;
        readonly delete: operations["deleteService"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/operations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Operations of the project, newest first; all of them for admins with all_projects */
        readonly get: operations["listOperations"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/operations/{operation_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How far one piece of work came, step by step, and what the scheduler decided */
        readonly get: operations["showOperation"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/operations/{operation_id}/cancel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Ask that a piece of work stops and undoes itself */
        readonly post: operations["cancelOperation"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/servers/{server_id}/allowed-actions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What may be done with a server now, and why something else may not */
        readonly get: operations["listAllowedActions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/servers/{server_id}/screenshot": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A picture of what the server's guest shows on its display now */
        readonly get: operations["takeScreenshot"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/explain": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** What would become of a request for servers now, and why; nothing is created */
        readonly post: operations["explain"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/hosts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The places that run VMs, how well they are and how full */
        readonly get: operations["listHosts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/hosts/{host_id}/smoke-test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Try a host out anew; until that went well it takes no new servers */
        readonly post: operations["testHost"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/hosts/{host_id}/drain": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Disable a host and move its servers elsewhere; what cannot move stays, with the reason */
        readonly post: operations["drainHost"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/agents": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The agents that speak for hosts */
        readonly get: operations["listAgents"];
        readonly put?: never;
        /** Join as an agent, with the enrolment secret; what comes back is told once */
        readonly post: operations["enrolAgent"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/agents/{agent_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Forget an agent, its hosts and its accounts; refused while servers are there */
        readonly delete: operations["removeAgent"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/consoles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A console's stream, as WebSocket of the subprotocol `binary`; a plain GET is refused */
        readonly get: operations["openConsole"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/agent/consoles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A console's stream, as WebSocket, from the agent that was asked for it; a plain GET is refused */
        readonly get: operations["bringConsole"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/agent/bus-account": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A new password for the agent's account on the bus */
        readonly post: operations["renewBusAccount"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/agent/image-addresses": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** An address under which an image that the agent was asked to use can be fetched once */
        readonly post: operations["createImageAddress"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/agent/image-uploads": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** An address to which an image that the agent was asked to make can be sent once */
        readonly post: operations["createImageUpload"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/image-data": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The bytes behind an address that createImageAddress gave; good once, Range included */
        readonly get: operations["downloadByAddress"];
        /** Give an image its data at an address that createImageUpload gave; good once */
        readonly put: operations["uploadByAddress"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly ComputeFault: {
            readonly [key: string]: {
                readonly code: number;
                readonly message: string;
                readonly retryAfter?: string;
            };
        };
        readonly IdentityFault: {
            readonly error: components["schemas"]["TitledFault"];
        };
        readonly ImageFault: {
            readonly code: string;
            readonly title: string;
            readonly message: string;
            readonly error: components["schemas"]["TitledFault"];
        };
        readonly TitledFault: {
            readonly code: number;
            readonly title: string;
            readonly message: string;
        };
        readonly PolyvisorFault: {
            readonly error: {
                /** @description Stable, for programs: `operation-not-found` */
                readonly code: string;
                readonly status: number;
                readonly message: string;
                readonly request_id: string;
                readonly details?: {
                    readonly [key: string]: unknown;
                };
            };
        };
        readonly Readiness: {
            readonly ready: boolean;
            readonly parts: readonly {
                readonly name: string;
                readonly ok: boolean;
                readonly message: string;
            }[];
        };
        readonly LooseBoolean: string;
        readonly IdentityProjectName: string;
        readonly IdentityUserName: string;
        readonly IdentityNewPassword: string | null;
        readonly IdentityVersion: {
            readonly id: string;
            /** @constant */
            readonly status: "stable";
            readonly updated: string;
            readonly links: readonly components["schemas"]["Link"][];
            readonly "media-types": readonly {
                readonly base: string;
                readonly type: string;
            }[];
        };
        readonly IdentitySelfLink: {
            readonly self: string;
        };
        readonly IdentityListLinks: {
            readonly self: string;
            readonly previous: null;
            readonly next: null;
        };
        readonly IdentityNamed: {
            readonly id: string;
            readonly name: string;
        };
        /** @description By id, or by name; a name needs its domain where it is not itself a domain's */
        readonly IdentityReference: {
            readonly id?: string;
            readonly name?: string;
        };
        readonly IdentityAuthRequest: {
            readonly auth: {
                readonly identity: {
                    readonly methods: readonly string[];
                    readonly password?: {
                        readonly user: {
                            readonly id?: string;
                            readonly name?: string;
                            readonly domain?: components["schemas"]["IdentityReference"];
                            readonly password: string;
                        };
                    };
                    readonly application_credential?: {
                        readonly id?: string;
                        readonly name?: string;
                        readonly secret: string;
                        readonly user?: {
                            readonly id?: string;
                            readonly name?: string;
                            readonly domain?: components["schemas"]["IdentityReference"];
                        };
                    };
                    readonly token?: {
                        readonly id: string;
                    };
                };
                readonly scope?: "unscoped" | components["schemas"]["IdentityScope"];
            };
        };
        readonly IdentityScope: {
            readonly unscoped?: Record<string, never>;
            readonly "OS-TRUST:trust"?: {
                readonly id: string;
            };
            readonly system?: {
                /** @constant */
                readonly all: true;
            };
            readonly domain?: components["schemas"]["IdentityReference"];
            readonly project?: {
                readonly id?: string;
                readonly name?: string;
                readonly domain?: components["schemas"]["IdentityReference"];
            };
        };
        readonly IdentityTokenEnvelope: {
            readonly token: components["schemas"]["IdentityToken"];
        };
        readonly IdentityToken: {
            readonly methods: readonly string[];
            readonly user: {
                readonly id: string;
                readonly name: string;
                readonly domain: components["schemas"]["IdentityNamed"];
                readonly password_expires_at: null;
            };
            readonly audit_ids: readonly string[];
            readonly issued_at: string;
            readonly expires_at: string;
            readonly is_domain?: boolean;
            readonly project?: {
                readonly id: string;
                readonly name: string;
                readonly domain: components["schemas"]["IdentityNamed"];
            };
            readonly domain?: components["schemas"]["IdentityNamed"];
            readonly system?: components["schemas"]["IdentitySystem"];
            readonly roles?: readonly components["schemas"]["IdentityNamed"][];
            readonly application_credential?: {
                readonly id: string;
                readonly name: string;
                readonly restricted: boolean;
                readonly access_rules?: readonly components["schemas"]["IdentityAccessRule"][];
            };
            readonly "OS-OAUTH1"?: {
                readonly access_token_id: string;
                readonly consumer_id: string;
            };
            readonly "OS-TRUST:trust"?: {
                readonly id: string;
                readonly impersonation: boolean;
                readonly trustor_user: components["schemas"]["IdentityId"];
                readonly trustee_user: components["schemas"]["IdentityId"];
            };
            readonly catalog?: components["schemas"]["IdentityCatalog"];
        };
        readonly IdentityCatalog: readonly {
            readonly id: string;
            readonly type: string;
            readonly name: string;
            readonly endpoints: readonly {
                readonly id: string;
                /** @enum {unknown} */
                readonly interface: "public" | "internal" | "admin";
                readonly region: string | null;
                readonly region_id: string | null;
                readonly url: string;
            }[];
        }[];
        readonly IdentityTag: string;
        readonly IdentityTags: readonly components["schemas"]["IdentityTag"][];
        /** @description An immutable resource is neither changed nor deleted before this is taken back */
        readonly IdentityResourceOptions: {
            readonly immutable?: boolean | null;
        };
        readonly IdentityUserOptions: {
            /** @description The user cannot change the own password */
            readonly lock_password?: boolean | null;
            /** @description However many wrong passwords, the account stays open */
            readonly ignore_lockout_failure_attempts?: boolean | null;
        };
        readonly IdentityId: {
            readonly id: string;
        };
        readonly IdentitySystem: {
            /** @constant */
            readonly all: true;
        };
        readonly IdentityAccessRule: {
            readonly id: string;
            readonly service: string;
            readonly method: string;
            readonly path: string;
            readonly links?: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityRoleReferences: readonly {
            readonly id?: string;
            readonly name?: string;
        }[];
        readonly IdentityConsumer: {
            readonly id: string;
            readonly description: string | null;
            /** @description When it is made, and never again */
            readonly secret?: string;
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityAccessToken: {
            readonly id: string;
            readonly consumer_id: string;
            readonly project_id: string;
            readonly authorizing_user_id: string;
            readonly expires_at: string;
            readonly links: {
                readonly self: string;
                readonly roles: string;
            };
        };
        /** @description By group */
        readonly IdentityDomainConfig: {
            readonly [key: string]: components["schemas"]["IdentityDomainConfigOptions"];
        };
        /** @description By name */
        readonly IdentityDomainConfigOptions: {
            readonly [key: string]: (string | number | boolean | null) | readonly string[];
        };
        readonly IdentityTrust: {
            readonly id: string;
            readonly trustor_user_id: string;
            readonly trustee_user_id: string;
            readonly project_id: string;
            readonly impersonation: boolean;
            readonly expires_at: string | null;
            /** @description A trust that is deleted is gone */
            readonly deleted_at: null;
            readonly remaining_uses: number | null;
            /** @description How many times in a row it may be handed on */
            readonly redelegation_count: number;
            readonly redelegated_trust_id: string | null;
            readonly roles?: readonly components["schemas"]["IdentityRole"][];
            readonly roles_links?: components["schemas"]["IdentityListLinks"];
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityApplicationCredential: {
            readonly id: string;
            readonly name: string;
            readonly description: string | null;
            readonly project_id: string;
            readonly user_id: string;
            readonly roles: readonly {
                readonly id: string;
                readonly name: string;
                readonly domain_id: string | null;
            }[];
            /** @description In UTC, with microseconds and no word of the zone */
            readonly expires_at: string | null;
            readonly unrestricted: boolean;
            readonly system: null;
            readonly access_rules?: readonly components["schemas"]["IdentityAccessRule"][];
            /** @description When it is made, and never again */
            readonly secret?: string;
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityService: {
            readonly id: string;
            readonly type: string;
            readonly name: string;
            readonly description: string;
            readonly enabled: boolean;
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityEndpoint: {
            readonly id: string;
            readonly service_id: string;
            /** @enum {unknown} */
            readonly interface: "public" | "internal" | "admin";
            readonly url: string;
            readonly region: string | null;
            readonly region_id: string | null;
            readonly name: string;
            readonly description: string;
            readonly enabled: boolean;
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityRegion: {
            readonly id: string;
            readonly description: string;
            readonly parent_region_id: string | null;
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityEndpointFilters: {
            readonly service_id?: string;
            readonly region_id?: string;
            /** @enum {unknown} */
            readonly interface?: "public" | "internal" | "admin";
            readonly enabled?: boolean;
        };
        readonly IdentityEndpointGroup: {
            readonly id: string;
            readonly name: string;
            readonly description: string;
            readonly filters: components["schemas"]["IdentityEndpointFilters"];
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityPolicy: {
            readonly id: string;
            readonly type: string;
            readonly blob: string;
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityCredential: {
            readonly id: string;
            readonly user_id: string;
            readonly project_id: string | null;
            readonly type: string;
            readonly blob: string;
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityEc2Credential: {
            readonly access: string;
            readonly secret: string;
            readonly user_id: string;
            readonly tenant_id: string;
            readonly trust_id: null;
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityGroup: {
            readonly id: string;
            readonly name: string;
            readonly domain_id: string;
            readonly description: string;
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityLinkedRole: {
            readonly id: string;
            readonly name: string;
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityRoleInferenceEnvelope: {
            readonly role_inference: {
                readonly prior_role: components["schemas"]["IdentityLinkedRole"];
                readonly implies: components["schemas"]["IdentityLinkedRole"];
            };
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityRoleInferences: {
            readonly prior_role: components["schemas"]["IdentityLinkedRole"];
            readonly implies: readonly components["schemas"]["IdentityLinkedRole"][];
        };
        readonly IdentityRoleInferencesEnvelope: {
            readonly role_inference: components["schemas"]["IdentityRoleInferences"];
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityDomain: {
            readonly id: string;
            readonly name: string;
            readonly description: string;
            readonly enabled: boolean;
            readonly tags: readonly string[];
            readonly options: components["schemas"]["IdentityResourceOptions"];
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityProject: {
            readonly id: string;
            readonly name: string;
            /** @description null for a domain shown as a project */
            readonly domain_id: string | null;
            readonly parent_id: string | null;
            /** @description The projects above it, as a list or as nested ids */
            readonly parents?: unknown;
            /** @description The projects below it, as a list or as nested ids */
            readonly subtree?: unknown;
            readonly description: string;
            readonly enabled: boolean;
            readonly is_domain: boolean;
            readonly tags: readonly string[];
            readonly options: components["schemas"]["IdentityResourceOptions"];
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        /** @description Attributes that mean nothing to the service are shown as they came */
        readonly IdentityUser: {
            readonly id: string;
            readonly name: string;
            readonly domain_id: string;
            readonly default_project_id?: string;
            readonly description?: string;
            readonly email?: string;
            readonly enabled: boolean;
            readonly password_expires_at: null;
            readonly options: components["schemas"]["IdentityUserOptions"];
            readonly links: components["schemas"]["IdentitySelfLink"];
        } & {
            readonly [key: string]: unknown;
        };
        readonly IdentityRole: {
            readonly id: string;
            readonly name: string;
            readonly domain_id: string | null;
            readonly description: string | null;
            readonly options: components["schemas"]["IdentityResourceOptions"];
            readonly links: components["schemas"]["IdentitySelfLink"];
        };
        readonly IdentityRoleAssignment: {
            readonly role: components["schemas"]["IdentityMaybeNamedInDomain"];
            readonly group?: components["schemas"]["IdentityMaybeNamedInDomain"];
            readonly user?: components["schemas"]["IdentityMaybeNamedInDomain"];
            readonly scope: {
                readonly project?: components["schemas"]["IdentityMaybeNamedInDomain"];
                readonly domain?: components["schemas"]["IdentityMaybeNamed"];
                readonly system?: components["schemas"]["IdentitySystem"];
                /** @constant */
                readonly "OS-INHERIT:inherited_to"?: "projects";
            };
            readonly links: {
                readonly assignment: string;
            };
        };
        readonly IdentityMaybeNamed: {
            readonly id: string;
            readonly name?: string;
        };
        readonly IdentityMaybeNamedInDomain: {
            readonly id: string;
            readonly name?: string;
            readonly domain?: components["schemas"]["IdentityNamed"];
        };
        readonly ImagePatch: readonly {
            readonly [key: string]: unknown;
        }[];
        /** @enum {unknown} */
        readonly ImageSortKey: "name" | "status" | "container_format" | "disk_format" | "size" | "id" | "created_at" | "updated_at";
        readonly ImageVersions: {
            readonly versions: readonly {
                readonly id: string;
                /** @enum {unknown} */
                readonly status: "CURRENT" | "SUPPORTED";
                readonly links: readonly components["schemas"]["Link"][];
            }[];
        };
        readonly ComputeImageLinks: readonly {
            /** @enum {unknown} */
            readonly rel: "self" | "bookmark" | "alternate";
            readonly href: string;
            readonly type?: string;
        }[];
        readonly ComputeImageSummary: {
            readonly id: string;
            readonly name: string | null;
            readonly links: components["schemas"]["ComputeImageLinks"];
        };
        readonly ComputeImage: {
            readonly id: string;
            readonly name: string | null;
            readonly links: components["schemas"]["ComputeImageLinks"];
            /** @enum {unknown} */
            readonly status: "ACTIVE" | "SAVING" | "DELETED" | "ERROR" | "UNKNOWN";
            /** @enum {unknown} */
            readonly progress: 0 | 25 | 50 | 100;
            /** Format: date-time */
            readonly created: string;
            /** Format: date-time */
            readonly updated: string;
            readonly minDisk: number;
            readonly minRam: number;
            readonly metadata: {
                readonly [key: string]: string;
            };
            readonly "OS-EXT-IMG-SIZE:size"?: number | null;
            /** @enum {unknown} */
            readonly "OS-DCF:diskConfig"?: "AUTO" | "MANUAL";
            readonly server?: {
                readonly id: string;
                readonly links: components["schemas"]["Links"];
            };
        };
        readonly ImageMember: {
            readonly member_id: string;
            readonly image_id: string;
            /** @enum {unknown} */
            readonly status: "pending" | "accepted" | "rejected";
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly updated_at: string;
            readonly schema: string;
        };
        /** @description Flat; the image's own properties stand beside the keys named here, as strings */
        readonly Image: {
            /** Format: uuid */
            readonly id: string;
            readonly name: string | null;
            /** @enum {unknown} */
            readonly status: "queued" | "saving" | "uploading" | "importing" | "active" | "deactivated";
            /** @enum {unknown} */
            readonly visibility: "public" | "private" | "shared" | "community";
            readonly owner: string;
            /** @enum {unknown} */
            readonly disk_format: "raw" | "qcow2" | "vmdk" | "vhd" | "vhdx" | "vdi" | "iso" | null;
            /** @enum {unknown} */
            readonly container_format: "bare" | null;
            readonly size: number | null;
            readonly virtual_size: number | null;
            /** @description md5 */
            readonly checksum: string | null;
            /** @enum {unknown} */
            readonly os_hash_algo: "sha512" | null;
            readonly os_hash_value: string | null;
            readonly os_hidden: boolean;
            readonly protected: boolean;
            /** @description GiB */
            readonly min_disk: number;
            /** @description MiB */
            readonly min_ram: number;
            readonly tags: readonly string[];
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly updated_at: string;
            readonly self: string;
            readonly file: string;
            readonly schema: string;
            /** @description Where its data is kept; once it has any */
            readonly stores?: string;
            readonly os_glance_importing_to_stores?: string;
            readonly os_glance_failed_import?: string;
            readonly os_glance_import_task?: string;
            /** @description Why the last upload or import failed */
            readonly polyvisor_upload_error?: string;
        };
        readonly NewImage: {
            /** Format: uuid */
            readonly id?: string;
            readonly name?: string | null;
            readonly owner?: string | null;
            /** @enum {unknown} */
            readonly visibility?: "public" | "private" | "shared" | "community";
            readonly disk_format?: string | null;
            readonly container_format?: string | null;
            readonly protected?: boolean;
            readonly os_hidden?: boolean;
            readonly min_disk?: number;
            readonly min_ram?: number;
            readonly tags?: readonly string[];
        };
        readonly ImageTaskSummary: {
            /** Format: uuid */
            readonly id: string;
            /** @enum {unknown} */
            readonly type: "api_image_import" | "import";
            /** @enum {unknown} */
            readonly status: "pending" | "processing" | "success" | "failure";
            readonly owner: string;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly updated_at: string;
            /**
             * Format: date-time
             * @description When it is forgotten; once it has ended
             */
            readonly expires_at?: string;
            readonly self: string;
            readonly schema: string;
        };
        readonly ImageTask: {
            /** Format: uuid */
            readonly id: string;
            /** @enum {unknown} */
            readonly type: "api_image_import" | "import";
            /** @enum {unknown} */
            readonly status: "pending" | "processing" | "success" | "failure";
            readonly owner: string;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly updated_at: string;
            /**
             * Format: date-time
             * @description When it is forgotten; once it has ended
             */
            readonly expires_at?: string;
            readonly self: string;
            readonly schema: string;
            readonly input: {
                readonly [key: string]: unknown;
            };
            readonly result: {
                readonly image_id: string;
            } | null;
            readonly message: string;
            /** Format: uuid */
            readonly image_id: string;
            readonly request_id: string;
            readonly user_id: string;
        };
        readonly MetadefName: string;
        readonly MetadefTimes: {
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly updated_at: string;
        };
        readonly MetadefPropertyWords: {
            readonly title: string;
            /** @enum {unknown} */
            readonly type: "array" | "boolean" | "integer" | "number" | "object" | "string" | "null";
            readonly description?: string;
            readonly operators?: readonly string[];
            readonly readonly?: boolean;
            readonly default?: unknown;
            readonly enum?: readonly unknown[];
            readonly pattern?: string;
            readonly minimum?: number;
            readonly maximum?: number;
            readonly minLength?: number;
            readonly maxLength?: number;
            readonly minItems?: number;
            readonly maxItems?: number;
            readonly uniqueItems?: boolean;
            readonly additionalItems?: boolean;
            readonly items?: {
                /** @enum {unknown} */
                readonly type?: "array" | "boolean" | "integer" | "number" | "object" | "string" | "null";
                readonly enum?: readonly unknown[];
            };
        };
        /** @description By name */
        readonly MetadefProperties: {
            readonly [key: string]: components["schemas"]["MetadefPropertyWords"];
        };
        readonly NewMetadefProperty: {
            readonly name: components["schemas"]["MetadefName"];
            readonly title: string;
            /** @enum {unknown} */
            readonly type: "array" | "boolean" | "integer" | "number" | "object" | "string" | "null";
            readonly description?: string;
            readonly operators?: readonly string[];
            readonly readonly?: boolean;
            readonly default?: unknown;
            readonly enum?: readonly unknown[];
            readonly pattern?: string;
            readonly minimum?: number;
            readonly maximum?: number;
            readonly minLength?: number;
            readonly maxLength?: number;
            readonly minItems?: number;
            readonly maxItems?: number;
            readonly uniqueItems?: boolean;
            readonly additionalItems?: boolean;
            readonly items?: {
                /** @enum {unknown} */
                readonly type?: "array" | "boolean" | "integer" | "number" | "object" | "string" | "null";
                readonly enum?: readonly unknown[];
            };
        };
        readonly MetadefProperty: {
            readonly name: components["schemas"]["MetadefName"];
            readonly title: string;
            /** @enum {unknown} */
            readonly type: "array" | "boolean" | "integer" | "number" | "object" | "string" | "null";
            readonly description?: string;
            readonly operators?: readonly string[];
            readonly readonly?: boolean;
            readonly default?: unknown;
            readonly enum?: readonly unknown[];
            readonly pattern?: string;
            readonly minimum?: number;
            readonly maximum?: number;
            readonly minLength?: number;
            readonly maxLength?: number;
            readonly minItems?: number;
            readonly maxItems?: number;
            readonly uniqueItems?: boolean;
            readonly additionalItems?: boolean;
            readonly items?: {
                /** @enum {unknown} */
                readonly type?: "array" | "boolean" | "integer" | "number" | "object" | "string" | "null";
                readonly enum?: readonly unknown[];
            };
        };
        readonly MetadefPropertyList: {
            readonly properties: components["schemas"]["MetadefProperties"];
        };
        readonly NewMetadefObject: {
            readonly name: components["schemas"]["MetadefName"];
            readonly description?: string;
            readonly required?: readonly components["schemas"]["MetadefName"][];
            readonly properties?: components["schemas"]["MetadefProperties"];
        };
        readonly MetadefObject: {
            readonly name: components["schemas"]["MetadefName"];
            readonly description?: string;
            readonly required: readonly components["schemas"]["MetadefName"][];
            readonly properties: components["schemas"]["MetadefProperties"];
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly updated_at: string;
            readonly self: string;
            readonly schema: string;
        };
        readonly MetadefObjectList: {
            readonly objects: readonly components["schemas"]["MetadefObject"][];
            readonly first: string;
            readonly schema: string;
        };
        readonly MetadefTagName: {
            readonly name: components["schemas"]["MetadefName"];
        };
        readonly MetadefTag: {
            readonly name: string;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly updated_at: string;
        };
        readonly NewMetadefTags: {
            readonly tags: readonly components["schemas"]["MetadefTagName"][];
        };
        readonly MetadefTagList: {
            readonly tags: readonly components["schemas"]["MetadefTagName"][];
            readonly first?: string;
            readonly schema?: string;
        };
        readonly NewMetadefAssociation: {
            readonly name: components["schemas"]["MetadefName"];
            readonly prefix?: string;
            readonly properties_target?: string;
        };
        readonly MetadefAssociation: {
            readonly name: components["schemas"]["MetadefName"];
            readonly prefix?: string;
            readonly properties_target?: string;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly updated_at: string;
        };
        readonly MetadefAssociationList: {
            readonly resource_type_associations: readonly components["schemas"]["MetadefAssociation"][];
        };
        readonly MetadefResourceTypeList: {
            readonly resource_types: readonly {
                readonly name: string;
                /** Format: date-time */
                readonly created_at: string;
                /** Format: date-time */
                readonly updated_at: string;
            }[];
        };
        readonly MetadefNamespaceChange: {
            readonly namespace: components["schemas"]["MetadefName"];
            readonly display_name?: string | null;
            readonly description?: string | null;
            /** @enum {unknown} */
            readonly visibility?: "public" | "private";
            readonly protected?: boolean;
            readonly owner?: string;
        };
        readonly NewMetadefNamespace: {
            readonly namespace: components["schemas"]["MetadefName"];
            readonly display_name?: string | null;
            readonly description?: string | null;
            /** @enum {unknown} */
            readonly visibility?: "public" | "private";
            readonly protected?: boolean;
            readonly owner?: string;
            readonly resource_type_associations?: readonly components["schemas"]["NewMetadefAssociation"][];
            readonly properties?: components["schemas"]["MetadefProperties"];
            readonly objects?: readonly components["schemas"]["NewMetadefObject"][];
            readonly tags?: readonly components["schemas"]["MetadefTagName"][];
        };
        readonly MetadefNamespace: {
            readonly namespace: components["schemas"]["MetadefName"];
            readonly display_name?: string | null;
            readonly description?: string | null;
            /** @enum {unknown} */
            readonly visibility: "public" | "private";
            readonly protected: boolean;
            readonly owner: string;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly updated_at: string;
            readonly self: string;
            readonly schema: string;
            readonly resource_type_associations?: readonly components["schemas"]["MetadefAssociation"][];
            readonly properties?: components["schemas"]["MetadefProperties"];
            readonly objects?: readonly components["schemas"]["MetadefObject"][];
            readonly tags?: readonly components["schemas"]["MetadefTagName"][];
        };
        readonly MetadefNamespaceList: {
            readonly namespaces: readonly components["schemas"]["MetadefNamespace"][];
            readonly first: string;
            readonly next?: string;
            readonly schema: string;
        };
        readonly Link: {
            readonly rel: string;
            readonly href: string;
            readonly type?: string;
        };
        readonly Links: readonly components["schemas"]["Link"][];
        readonly Timestamp: string;
        /** @description UTC with microseconds, without saying so */
        readonly NaiveTimestamp: string;
        readonly IdByMicroversion253: number | string;
        /**
         * @description A boolean, or one of the words that Nova takes for one
         * @enum {unknown}
         */
        readonly BooleanLike: true | "True" | "TRUE" | "true" | "1" | "ON" | "On" | "on" | "YES" | "Yes" | "yes" | "y" | "t" | false | "False" | "FALSE" | "false" | "0" | "OFF" | "Off" | "off" | "NO" | "No" | "no" | "n" | "f";
        /** @description A whole number, or its digits */
        readonly Amount: number | string;
        readonly PositiveAmount: number | string;
        /** @description 1 to 255 printable characters, without blanks around them */
        readonly Name: string;
        readonly ComputeVersion: {
            readonly id: string;
            /** @enum {unknown} */
            readonly status: "CURRENT" | "SUPPORTED";
            readonly version: string;
            readonly min_version: string;
            readonly updated: string;
            readonly links: components["schemas"]["Links"];
        };
        readonly ComputeVersionDocument: {
            readonly version: {
                readonly id: string;
                /** @enum {unknown} */
                readonly status: "CURRENT" | "SUPPORTED";
                readonly version: string;
                readonly min_version: string;
                readonly updated: string;
                readonly links: components["schemas"]["Links"];
                readonly "media-types": readonly {
                    readonly base: string;
                    readonly type: string;
                }[];
            };
        };
        readonly ExtraSpecs: {
            readonly [key: string]: string;
        };
        readonly ExtraSpecsRequest: {
            readonly [key: string]: string | number;
        };
        /** @enum {unknown} */
        readonly FlavorSortKey: "created_at" | "description" | "disabled" | "ephemeral_gb" | "flavorid" | "id" | "is_public" | "memory_mb" | "name" | "root_gb" | "rxtx_factor" | "swap" | "updated_at" | "vcpu_weight" | "vcpus";
        readonly FlavorSummary: {
            readonly id: string;
            readonly name: string;
            readonly links: components["schemas"]["Links"];
            readonly description?: string | null;
        };
        readonly Flavor: {
            readonly id: string;
            readonly name: string;
            readonly links: components["schemas"]["Links"];
            /** @description MiB */
            readonly ram: number;
            /** @description GiB */
            readonly disk: number;
            readonly vcpus: number;
            /** @description MiB; none is empty text before 2.75 */
            readonly swap: number | "";
            readonly "OS-FLV-EXT-DATA:ephemeral": number;
            readonly "OS-FLV-DISABLED:disabled": boolean;
            readonly "os-flavor-access:is_public": boolean;
            readonly rxtx_factor: number;
            readonly description?: string | null;
            readonly extra_specs?: components["schemas"]["ExtraSpecs"];
        };
        readonly FlavorDocument: {
            readonly flavor: components["schemas"]["Flavor"];
        };
        readonly CreateFlavorRequest: {
            readonly flavor: {
                readonly name: components["schemas"]["Name"];
                /** @description Null and `auto` ask for a made-up one */
                readonly id?: string | number | null;
                readonly ram: components["schemas"]["PositiveAmount"];
                readonly vcpus: components["schemas"]["PositiveAmount"];
                readonly disk: components["schemas"]["Amount"];
                readonly "OS-FLV-EXT-DATA:ephemeral"?: components["schemas"]["Amount"];
                readonly swap?: components["schemas"]["Amount"];
                readonly rxtx_factor?: number | string;
                readonly "os-flavor-access:is_public"?: components["schemas"]["BooleanLike"];
                readonly description?: string | null;
            };
        };
        /** @enum {unknown} */
        readonly ServerSortKey: "access_ip_v4" | "access_ip_v6" | "auto_disk_config" | "availability_zone" | "config_drive" | "created_at" | "display_description" | "display_name" | "host" | "hostname" | "image_ref" | "instance_type_id" | "kernel_id" | "key_name" | "launch_index" | "launched_at" | "locked" | "locked_by" | "node" | "power_state" | "progress" | "project_id" | "ramdisk_id" | "root_device_name" | "task_state" | "terminated_at" | "updated_at" | "user_id" | "uuid" | "vm_state";
        /** @description How many items are too many is the service's to say, as 403 */
        readonly Metadata: {
            readonly [key: string]: string;
        };
        readonly ServerDescription: string | null;
        readonly Hostname: string;
        readonly ServerTag: string;
        readonly AccessIpV4: "" | string;
        readonly AccessIpV6: "" | string;
        /** @enum {unknown} */
        readonly DiskConfig: "AUTO" | "MANUAL";
        readonly CreateServerRequest: {
            readonly "os:scheduler_hints"?: {
                readonly [key: string]: unknown;
            };
            readonly "OS-SCH-HNT:scheduler_hints"?: {
                readonly [key: string]: unknown;
            };
            readonly server: {
                readonly name: components["schemas"]["Name"];
                /** @description An id or a link ending in it */
                readonly flavorRef: string | number;
                /** @description An id or a link ending in it */
                readonly imageRef?: string;
                readonly adminPass?: string;
                readonly metadata?: components["schemas"]["Metadata"];
                readonly networks?: readonly components["schemas"]["RequestedNetwork"][] | ("none" | "auto");
                readonly "OS-DCF:diskConfig"?: components["schemas"]["DiskConfig"];
                readonly accessIPv4?: components["schemas"]["AccessIpV4"];
                readonly accessIPv6?: components["schemas"]["AccessIpV6"];
                readonly personality?: components["schemas"]["Personality"];
                readonly availability_zone?: string;
                readonly block_device_mapping?: readonly Record<string, never>[];
                readonly block_device_mapping_v2?: readonly Record<string, never>[];
                readonly config_drive?: components["schemas"]["BooleanLike"];
                readonly key_name?: string;
                readonly min_count?: components["schemas"]["PositiveAmount"];
                readonly max_count?: components["schemas"]["PositiveAmount"];
                readonly return_reservation_id?: components["schemas"]["BooleanLike"];
                readonly security_groups?: readonly {
                    readonly name: string;
                }[];
                /** @description Base64 */
                readonly user_data?: string;
                readonly description?: components["schemas"]["ServerDescription"];
                readonly tags?: readonly components["schemas"]["ServerTag"][];
                readonly trusted_image_certificates?: readonly string[] | null;
                readonly host?: string;
                readonly hypervisor_hostname?: string;
                readonly hostname?: components["schemas"]["Hostname"];
            };
        };
        /** @description The body of a server's creation at any microversion; it needs no name */
        readonly ExplainRequest: {
            readonly "os:scheduler_hints"?: {
                readonly [key: string]: unknown;
            };
            readonly "OS-SCH-HNT:scheduler_hints"?: {
                readonly [key: string]: unknown;
            };
            readonly server: {
                readonly name?: components["schemas"]["Name"];
                /** @description An id or a link ending in it */
                readonly flavorRef: string | number;
                /** @description An id or a link ending in it */
                readonly imageRef?: string;
                readonly adminPass?: string;
                readonly metadata?: components["schemas"]["Metadata"];
                readonly networks?: readonly components["schemas"]["RequestedNetwork"][] | ("none" | "auto");
                readonly "OS-DCF:diskConfig"?: components["schemas"]["DiskConfig"];
                readonly accessIPv4?: components["schemas"]["AccessIpV4"];
                readonly accessIPv6?: components["schemas"]["AccessIpV6"];
                readonly personality?: components["schemas"]["Personality"];
                readonly availability_zone?: string;
                readonly block_device_mapping?: readonly Record<string, never>[];
                readonly block_device_mapping_v2?: readonly Record<string, never>[];
                readonly config_drive?: components["schemas"]["BooleanLike"];
                readonly key_name?: string;
                readonly min_count?: components["schemas"]["PositiveAmount"];
                readonly max_count?: components["schemas"]["PositiveAmount"];
                readonly return_reservation_id?: components["schemas"]["BooleanLike"];
                readonly security_groups?: readonly {
                    readonly name: string;
                }[];
                /** @description Base64 */
                readonly user_data?: string;
                readonly description?: components["schemas"]["ServerDescription"];
                readonly tags?: readonly components["schemas"]["ServerTag"][];
                readonly trusted_image_certificates?: readonly string[] | null;
                readonly host?: string;
                readonly hypervisor_hostname?: string;
                readonly hostname?: components["schemas"]["Hostname"];
            };
        };
        /** @description By the network's name */
        readonly Addresses: {
            readonly [key: string]: readonly {
                /** @enum {unknown} */
                readonly version: 4 | 6;
                readonly addr: string;
            }[];
        };
        /** @description By the network's name; only those that the guest really has */
        readonly DetailedAddresses: {
            readonly [key: string]: readonly {
                /** @enum {unknown} */
                readonly version: 4 | 6;
                readonly addr: string;
                /** @enum {unknown} */
                readonly "OS-EXT-IPS:type": "fixed" | "floating";
                readonly "OS-EXT-IPS-MAC:mac_addr": string;
            }[];
        };
        readonly InterfaceAttachment: {
            /** @enum {unknown} */
            readonly port_state: "ACTIVE" | "DOWN";
            readonly fixed_ips: readonly {
                readonly ip_address: string;
                readonly subnet_id: string;
            }[];
            readonly port_id: string;
            readonly net_id: string;
            readonly mac_addr: string;
            readonly tag?: string | null;
        };
        readonly ComputeNetwork: {
            readonly id: string;
            readonly label: string;
            readonly cidr: string;
            readonly netmask: string;
            readonly gateway: string;
            readonly broadcast: string;
            readonly dns1: null;
            readonly dns2: null;
            readonly cidr_v6: null;
            readonly gateway_v6: null;
            readonly netmask_v6: null;
        };
        readonly TenantNetwork: {
            readonly id: string;
            readonly label: string;
            readonly cidr: string;
        };
        readonly ServerGroup: {
            readonly id: string;
            readonly name: string;
            readonly policies?: readonly string[];
            readonly policy?: string;
            readonly rules?: {
                readonly max_server_per_host?: number;
            };
            readonly members: readonly string[];
            readonly metadata?: Record<string, never>;
            readonly project_id?: string;
            readonly user_id?: string;
        };
        readonly FlavorAccess: readonly {
            readonly flavor_id: string;
            readonly tenant_id: string;
        }[];
        readonly ZoneName: string;
        readonly NewAggregate: {
            readonly id: number;
            /** Format: uuid */
            readonly uuid?: string;
            readonly name: string;
            readonly availability_zone: string | null;
            readonly created_at: components["schemas"]["NaiveTimestamp"];
            readonly updated_at: components["schemas"]["NaiveTimestamp"] | null;
            /** @constant */
            readonly deleted: false;
            readonly deleted_at: null;
        };
        readonly Aggregate: {
            readonly id: number;
            /** Format: uuid */
            readonly uuid?: string;
            readonly name: string;
            readonly availability_zone: string | null;
            readonly created_at: components["schemas"]["NaiveTimestamp"];
            readonly updated_at: components["schemas"]["NaiveTimestamp"] | null;
            /** @constant */
            readonly deleted: false;
            readonly deleted_at: null;
            readonly hosts: readonly string[];
            readonly metadata: {
                readonly [key: string]: string;
            };
        };
        readonly HypervisorWithServers: {
            readonly id: components["schemas"]["IdByMicroversion253"];
            readonly hypervisor_hostname: string;
            /** @enum {unknown} */
            readonly state: "up" | "down";
            /** @enum {unknown} */
            readonly status: "enabled" | "disabled";
            readonly servers?: components["schemas"]["HypervisorServers"];
        };
        readonly ServerUsage: {
            readonly instance_id: string;
            readonly tenant_id: string;
            readonly name: string;
            readonly flavor: string;
            readonly vcpus: number;
            readonly memory_mb: number;
            readonly local_gb: number;
            readonly hours: number;
            readonly started_at: components["schemas"]["NaiveTimestamp"];
            readonly ended_at: components["schemas"]["NaiveTimestamp"] | null;
            /** @description Seconds */
            readonly uptime: number;
            readonly state: string;
        };
        readonly TenantUsage: {
            readonly tenant_id: string;
            readonly start: components["schemas"]["NaiveTimestamp"];
            readonly stop: components["schemas"]["NaiveTimestamp"];
            readonly total_hours: number;
            readonly total_vcpus_usage: number;
            readonly total_memory_mb_usage: number;
            readonly total_local_gb_usage: number;
            readonly server_usages?: readonly components["schemas"]["ServerUsage"][];
        };
        readonly UsageAuditLog: {
            readonly hosts_not_run: readonly string[];
            readonly log: Record<string, never>;
            readonly num_hosts: number;
            readonly num_hosts_done: number;
            readonly num_hosts_not_run: number;
            readonly num_hosts_running: number;
            readonly overall_status: string;
            readonly period_beginning: string;
            readonly period_ending: string;
            readonly total_errors: number;
            readonly total_instances: number;
        };
        readonly QuotaClassSet: {
            /** @description Only where it is shown */
            readonly id?: string;
            readonly instances: components["schemas"]["QuotaLimit"];
            readonly cores: components["schemas"]["QuotaLimit"];
            readonly ram: components["schemas"]["QuotaLimit"];
            readonly key_pairs: components["schemas"]["QuotaLimit"];
            readonly metadata_items: components["schemas"]["QuotaLimit"];
            readonly server_groups?: components["schemas"]["QuotaLimit"];
            readonly server_group_members?: components["schemas"]["QuotaLimit"];
            readonly injected_files?: components["schemas"]["QuotaLimit"];
            readonly injected_file_content_bytes?: components["schemas"]["QuotaLimit"];
            readonly injected_file_path_bytes?: components["schemas"]["QuotaLimit"];
            readonly fixed_ips?: components["schemas"]["QuotaLimit"];
            readonly floating_ips?: components["schemas"]["QuotaLimit"];
            readonly security_groups?: components["schemas"]["QuotaLimit"];
            readonly security_group_rules?: components["schemas"]["QuotaLimit"];
        };
        readonly UpdateQuotaClassSetRequest: {
            readonly quota_class_set: {
                readonly instances?: components["schemas"]["WantedQuotaLimit"];
                readonly cores?: components["schemas"]["WantedQuotaLimit"];
                readonly ram?: components["schemas"]["WantedQuotaLimit"];
                readonly key_pairs?: components["schemas"]["WantedQuotaLimit"];
                readonly metadata_items?: components["schemas"]["WantedQuotaLimit"];
                readonly server_groups?: components["schemas"]["WantedQuotaLimit"];
                readonly server_group_members?: components["schemas"]["WantedQuotaLimit"];
                readonly injected_files?: components["schemas"]["WantedQuotaLimit"];
                readonly injected_file_content_bytes?: components["schemas"]["WantedQuotaLimit"];
                readonly injected_file_path_bytes?: components["schemas"]["WantedQuotaLimit"];
                readonly fixed_ips?: components["schemas"]["WantedQuotaLimit"];
                readonly floating_ips?: components["schemas"]["WantedQuotaLimit"];
                readonly security_groups?: components["schemas"]["WantedQuotaLimit"];
                readonly security_group_rules?: components["schemas"]["WantedQuotaLimit"];
            };
        };
        /** @description Files for the guest, which finds them on its config drive; the project's quota says how many and how large */
        readonly Personality: readonly {
            readonly path: string;
            /** @description Base64 */
            readonly contents: string;
        }[];
        readonly RequestedNetwork: {
            /** Format: uuid */
            readonly uuid?: string;
            /** Format: uuid */
            readonly port?: string | null;
            readonly fixed_ip?: string;
            readonly tag?: string;
        };
        readonly CreatedServerDocument: {
            readonly server: {
                readonly id: string;
                readonly links: components["schemas"]["Links"];
                readonly "OS-DCF:diskConfig": components["schemas"]["DiskConfig"];
                /** @description Missing only in the answer to a repeat by Idempotency-Key */
                readonly adminPass?: string;
                readonly security_groups: components["schemas"]["SecurityGroupNames"];
            };
        };
        /** @description The answer to return_reservation_id, which lists of servers take as a filter */
        readonly CreatedReservation: {
            readonly reservation_id: string;
        };
        readonly SecurityGroupNames: readonly {
            readonly name: string;
        }[];
        readonly UpdateServerRequest: {
            readonly server: {
                readonly name?: components["schemas"]["Name"];
                readonly "OS-DCF:diskConfig"?: components["schemas"]["DiskConfig"];
                readonly accessIPv4?: components["schemas"]["AccessIpV4"];
                readonly accessIPv6?: components["schemas"]["AccessIpV6"];
                readonly description?: components["schemas"]["ServerDescription"];
                readonly hostname?: components["schemas"]["Hostname"];
            };
        };
        readonly ServerSummary: {
            readonly id: string;
            readonly name: string;
            readonly links: components["schemas"]["Links"];
        };
        /** @description A link to the flavor; from 2.47 on what the flavor was at the server's creation */
        readonly ServerFlavor: components["schemas"]["ServerFlavorLink"] | components["schemas"]["EmbeddedFlavor"];
        readonly ServerFlavorLink: {
            readonly id: string;
            readonly links: components["schemas"]["Links"];
        };
        readonly EmbeddedFlavor: {
            readonly vcpus: number;
            readonly ram: number;
            readonly disk: number;
            readonly ephemeral: number;
            readonly swap: number;
            readonly original_name: string;
            readonly extra_specs: components["schemas"]["ExtraSpecs"];
        };
        /** @description Empty text for a server without an image */
        readonly ServerImage: "" | {
            readonly id: string;
            readonly links: components["schemas"]["Links"];
        };
        readonly ServerFault: {
            readonly code: number;
            readonly created: components["schemas"]["Timestamp"];
            readonly message: string;
            /** @description For admins */
            readonly details?: string;
        };
        /** @enum {unknown} */
        readonly ServerStatus: "ACTIVE" | "BUILD" | "DELETED" | "ERROR" | "HARD_REBOOT" | "PAUSED" | "REBOOT" | "REBUILD" | "RESIZE" | "REVERT_RESIZE" | "SHUTOFF" | "SUSPENDED" | "RESCUE" | "SHELVED" | "SHELVED_OFFLOADED" | "VERIFY_RESIZE" | "MIGRATING";
        readonly Server: {
            /** Format: uuid */
            readonly id: string;
            readonly name: string;
            readonly status: components["schemas"]["ServerStatus"];
            readonly tenant_id: string;
            readonly user_id: string;
            readonly metadata: {
                readonly [key: string]: string;
            };
            /** @description Differs by project and host; empty while there is no host */
            readonly hostId: string;
            readonly image: components["schemas"]["ServerImage"];
            readonly flavor: components["schemas"]["ServerFlavor"];
            readonly created: components["schemas"]["Timestamp"];
            readonly updated: components["schemas"]["Timestamp"];
            readonly addresses: components["schemas"]["DetailedAddresses"];
            readonly security_groups?: components["schemas"]["SecurityGroupNames"];
            readonly links: components["schemas"]["Links"];
            readonly accessIPv4: string;
            readonly accessIPv6: string;
            /** @description Only while BUILD or ACTIVE */
            readonly progress?: number;
            readonly fault?: components["schemas"]["ServerFault"];
            readonly "OS-DCF:diskConfig": components["schemas"]["DiskConfig"];
            readonly locked?: boolean;
            readonly description?: string | null;
            readonly tags?: readonly string[];
            readonly trusted_image_certificates?: readonly string[] | null;
            readonly locked_reason?: string | null;
            readonly "OS-EXT-AZ:availability_zone": string;
            /** @enum {unknown} */
            readonly config_drive: "" | "True";
            readonly key_name: string | null;
            readonly "OS-SRV-USG:launched_at": components["schemas"]["NaiveTimestamp"] | null;
            readonly "OS-SRV-USG:terminated_at": components["schemas"]["NaiveTimestamp"] | null;
            readonly "OS-EXT-STS:vm_state": string;
            readonly "OS-EXT-STS:task_state": string | null;
            /** @enum {unknown} */
            readonly "OS-EXT-STS:power_state": 0 | 1 | 3 | 4 | 6 | 7;
            readonly "os-extended-volumes:volumes_attached": readonly {
                readonly id: string;
                readonly delete_on_termination?: boolean;
            }[];
            readonly "OS-EXT-SRV-ATTR:host"?: string | null;
            readonly "OS-EXT-SRV-ATTR:hypervisor_hostname"?: string | null;
            readonly "OS-EXT-SRV-ATTR:instance_name"?: string;
            readonly "OS-EXT-SRV-ATTR:reservation_id"?: string;
            readonly "OS-EXT-SRV-ATTR:launch_index"?: number;
            /** @description For everybody from 2.90 on */
            readonly "OS-EXT-SRV-ATTR:hostname"?: string;
            readonly "OS-EXT-SRV-ATTR:kernel_id"?: string;
            readonly "OS-EXT-SRV-ATTR:ramdisk_id"?: string;
            readonly "OS-EXT-SRV-ATTR:root_device_name"?: string | null;
            readonly "OS-EXT-SRV-ATTR:user_data"?: string | null;
            /** @enum {unknown} */
            readonly host_status?: "" | "UP" | "DOWN" | "MAINTENANCE" | "UNKNOWN";
        };
        readonly ServerDocument: {
            readonly server: {
                /** Format: uuid */
                readonly id: string;
                readonly name: string;
                readonly status: components["schemas"]["ServerStatus"];
                readonly tenant_id: string;
                readonly user_id: string;
                readonly metadata: {
                    readonly [key: string]: string;
                };
                /** @description Differs by project and host; empty while there is no host */
                readonly hostId: string;
                readonly image: components["schemas"]["ServerImage"];
                readonly flavor: components["schemas"]["ServerFlavor"];
                readonly created: components["schemas"]["Timestamp"];
                readonly updated: components["schemas"]["Timestamp"];
                readonly addresses: components["schemas"]["DetailedAddresses"];
                readonly security_groups?: components["schemas"]["SecurityGroupNames"];
                readonly links: components["schemas"]["Links"];
                readonly accessIPv4: string;
                readonly accessIPv6: string;
                /** @description Only while BUILD or ACTIVE */
                readonly progress?: number;
                readonly fault?: components["schemas"]["ServerFault"];
                readonly "OS-DCF:diskConfig": components["schemas"]["DiskConfig"];
                readonly locked?: boolean;
                readonly description?: string | null;
                readonly tags?: readonly string[];
                readonly trusted_image_certificates?: readonly string[] | null;
                readonly locked_reason?: string | null;
                readonly "OS-EXT-AZ:availability_zone": string;
                /** @enum {unknown} */
                readonly config_drive: "" | "True";
                readonly key_name: string | null;
                readonly "OS-SRV-USG:launched_at": components["schemas"]["NaiveTimestamp"] | null;
                readonly "OS-SRV-USG:terminated_at": components["schemas"]["NaiveTimestamp"] | null;
                readonly "OS-EXT-STS:vm_state": string;
                readonly "OS-EXT-STS:task_state": string | null;
                /** @enum {unknown} */
                readonly "OS-EXT-STS:power_state": 0 | 1 | 3 | 4 | 6 | 7;
                readonly "os-extended-volumes:volumes_attached": readonly {
                    readonly id: string;
                    readonly delete_on_termination?: boolean;
                }[];
                readonly "OS-EXT-SRV-ATTR:host"?: string | null;
                readonly "OS-EXT-SRV-ATTR:hypervisor_hostname"?: string | null;
                readonly "OS-EXT-SRV-ATTR:instance_name"?: string;
                readonly "OS-EXT-SRV-ATTR:reservation_id"?: string;
                readonly "OS-EXT-SRV-ATTR:launch_index"?: number;
                /** @description For everybody from 2.90 on */
                readonly "OS-EXT-SRV-ATTR:hostname"?: string;
                readonly "OS-EXT-SRV-ATTR:kernel_id"?: string;
                readonly "OS-EXT-SRV-ATTR:ramdisk_id"?: string;
                readonly "OS-EXT-SRV-ATTR:root_device_name"?: string | null;
                readonly "OS-EXT-SRV-ATTR:user_data"?: string | null;
                /** @enum {unknown} */
                readonly host_status?: "" | "UP" | "DOWN" | "MAINTENANCE" | "UNKNOWN";
                readonly server_groups?: readonly string[];
            };
        };
        readonly UpdatedServerDocument: {
            readonly server: components["schemas"]["UpdatedServer"] | components["schemas"]["UpdatedServerFull"];
        };
        readonly UpdatedServer: {
            /** Format: uuid */
            readonly id: string;
            readonly name: string;
            readonly status: components["schemas"]["ServerStatus"];
            readonly tenant_id: string;
            readonly user_id: string;
            readonly metadata: {
                readonly [key: string]: string;
            };
            readonly hostId: string;
            readonly image: components["schemas"]["ServerImage"];
            readonly flavor: components["schemas"]["ServerFlavor"];
            readonly created: components["schemas"]["Timestamp"];
            readonly updated: components["schemas"]["Timestamp"];
            readonly addresses: components["schemas"]["Addresses"];
            readonly links: components["schemas"]["Links"];
            readonly accessIPv4: string;
            readonly accessIPv6: string;
            readonly progress?: number;
            readonly fault?: components["schemas"]["ServerFault"];
            readonly "OS-DCF:diskConfig": components["schemas"]["DiskConfig"];
            readonly locked?: boolean;
            readonly description?: string | null;
            readonly tags?: readonly string[];
            readonly trusted_image_certificates?: readonly string[] | null;
            readonly locked_reason?: string | null;
            readonly server_groups?: readonly string[];
        };
        readonly UpdatedServerFull: {
            /** Format: uuid */
            readonly id: string;
            readonly name: string;
            readonly status: components["schemas"]["ServerStatus"];
            readonly tenant_id: string;
            readonly user_id: string;
            readonly metadata: {
                readonly [key: string]: string;
            };
            /** @description Differs by project and host; empty while there is no host */
            readonly hostId: string;
            readonly image: components["schemas"]["ServerImage"];
            readonly flavor: components["schemas"]["ServerFlavor"];
            readonly created: components["schemas"]["Timestamp"];
            readonly updated: components["schemas"]["Timestamp"];
            readonly addresses: components["schemas"]["DetailedAddresses"];
            readonly security_groups?: components["schemas"]["SecurityGroupNames"];
            readonly links: components["schemas"]["Links"];
            readonly accessIPv4: string;
            readonly accessIPv6: string;
            /** @description Only while BUILD or ACTIVE */
            readonly progress?: number;
            readonly fault?: components["schemas"]["ServerFault"];
            readonly "OS-DCF:diskConfig": components["schemas"]["DiskConfig"];
            readonly locked?: boolean;
            readonly description?: string | null;
            readonly tags?: readonly string[];
            readonly trusted_image_certificates?: readonly string[] | null;
            readonly locked_reason?: string | null;
            readonly "OS-EXT-AZ:availability_zone": string;
            /** @enum {unknown} */
            readonly config_drive: "" | "True";
            readonly key_name: string | null;
            readonly "OS-SRV-USG:launched_at": components["schemas"]["NaiveTimestamp"] | null;
            readonly "OS-SRV-USG:terminated_at": components["schemas"]["NaiveTimestamp"] | null;
            readonly "OS-EXT-STS:vm_state": string;
            readonly "OS-EXT-STS:task_state": string | null;
            /** @enum {unknown} */
            readonly "OS-EXT-STS:power_state": 0 | 1 | 3 | 4 | 6 | 7;
            readonly "os-extended-volumes:volumes_attached": readonly {
                readonly id: string;
                readonly delete_on_termination?: boolean;
            }[];
            readonly "OS-EXT-SRV-ATTR:host"?: string | null;
            readonly "OS-EXT-SRV-ATTR:hypervisor_hostname"?: string | null;
            readonly "OS-EXT-SRV-ATTR:instance_name"?: string;
            readonly "OS-EXT-SRV-ATTR:reservation_id"?: string;
            readonly "OS-EXT-SRV-ATTR:launch_index"?: number;
            /** @description For everybody from 2.90 on */
            readonly "OS-EXT-SRV-ATTR:hostname"?: string;
            readonly "OS-EXT-SRV-ATTR:kernel_id"?: string;
            readonly "OS-EXT-SRV-ATTR:ramdisk_id"?: string;
            readonly "OS-EXT-SRV-ATTR:root_device_name"?: string | null;
            readonly "OS-EXT-SRV-ATTR:user_data"?: string | null;
            /** @enum {unknown} */
            readonly host_status?: "" | "UP" | "DOWN" | "MAINTENANCE" | "UNKNOWN";
            readonly server_groups?: readonly string[];
        };
        readonly RebuiltServerDocument: {
            readonly server: components["schemas"]["RebuiltServer"] | components["schemas"]["RebuiltServerFull"];
        };
        readonly RebuiltServer: {
            /** Format: uuid */
            readonly id: string;
            readonly name: string;
            readonly status: components["schemas"]["ServerStatus"];
            readonly tenant_id: string;
            readonly user_id: string;
            readonly metadata: {
                readonly [key: string]: string;
            };
            readonly hostId: string;
            readonly image: components["schemas"]["ServerImage"];
            readonly flavor: components["schemas"]["ServerFlavor"];
            readonly created: components["schemas"]["Timestamp"];
            readonly updated: components["schemas"]["Timestamp"];
            readonly addresses: components["schemas"]["Addresses"];
            readonly links: components["schemas"]["Links"];
            readonly accessIPv4: string;
            readonly accessIPv6: string;
            readonly progress?: number;
            readonly fault?: components["schemas"]["ServerFault"];
            readonly "OS-DCF:diskConfig": components["schemas"]["DiskConfig"];
            readonly locked?: boolean;
            readonly description?: string | null;
            readonly tags?: readonly string[];
            readonly trusted_image_certificates?: readonly string[] | null;
            readonly locked_reason?: string | null;
            readonly server_groups?: readonly string[];
            readonly adminPass: string;
            readonly key_name?: string | null;
            readonly user_data?: string | null;
        };
        readonly RebuiltServerFull: {
            /** Format: uuid */
            readonly id: string;
            readonly name: string;
            readonly status: components["schemas"]["ServerStatus"];
            readonly tenant_id: string;
            readonly user_id: string;
            readonly metadata: {
                readonly [key: string]: string;
            };
            /** @description Differs by project and host; empty while there is no host */
            readonly hostId: string;
            readonly image: components["schemas"]["ServerImage"];
            readonly flavor: components["schemas"]["ServerFlavor"];
            readonly created: components["schemas"]["Timestamp"];
            readonly updated: components["schemas"]["Timestamp"];
            readonly addresses: components["schemas"]["DetailedAddresses"];
            readonly security_groups?: components["schemas"]["SecurityGroupNames"];
            readonly links: components["schemas"]["Links"];
            readonly accessIPv4: string;
            readonly accessIPv6: string;
            /** @description Only while BUILD or ACTIVE */
            readonly progress?: number;
            readonly fault?: components["schemas"]["ServerFault"];
            readonly "OS-DCF:diskConfig": components["schemas"]["DiskConfig"];
            readonly locked?: boolean;
            readonly description?: string | null;
            readonly tags?: readonly string[];
            readonly trusted_image_certificates?: readonly string[] | null;
            readonly locked_reason?: string | null;
            readonly "OS-EXT-AZ:availability_zone": string;
            /** @enum {unknown} */
            readonly config_drive: "" | "True";
            readonly key_name: string | null;
            readonly "OS-SRV-USG:launched_at": components["schemas"]["NaiveTimestamp"] | null;
            readonly "OS-SRV-USG:terminated_at": components["schemas"]["NaiveTimestamp"] | null;
            readonly "OS-EXT-STS:vm_state": string;
            readonly "OS-EXT-STS:task_state": string | null;
            /** @enum {unknown} */
            readonly "OS-EXT-STS:power_state": 0 | 1 | 3 | 4 | 6 | 7;
            readonly "os-extended-volumes:volumes_attached": readonly {
                readonly id: string;
                readonly delete_on_termination?: boolean;
            }[];
            readonly "OS-EXT-SRV-ATTR:host"?: string | null;
            readonly "OS-EXT-SRV-ATTR:hypervisor_hostname"?: string | null;
            readonly "OS-EXT-SRV-ATTR:instance_name"?: string;
            readonly "OS-EXT-SRV-ATTR:reservation_id"?: string;
            readonly "OS-EXT-SRV-ATTR:launch_index"?: number;
            /** @description For everybody from 2.90 on */
            readonly "OS-EXT-SRV-ATTR:hostname"?: string;
            readonly "OS-EXT-SRV-ATTR:kernel_id"?: string;
            readonly "OS-EXT-SRV-ATTR:ramdisk_id"?: string;
            readonly "OS-EXT-SRV-ATTR:root_device_name"?: string | null;
            readonly "OS-EXT-SRV-ATTR:user_data"?: string | null;
            /** @enum {unknown} */
            readonly host_status?: "" | "UP" | "DOWN" | "MAINTENANCE" | "UNKNOWN";
            readonly server_groups: readonly string[];
            readonly adminPass: string;
            readonly user_data: string | null;
        };
        readonly SecurityGroup: {
            readonly id: string;
            readonly tenant_id: string;
            readonly name: string;
            readonly description: string;
            readonly rules: readonly components["schemas"]["SecurityGroupRule"][];
        };
        readonly SecurityGroupRule: {
            readonly id: string;
            readonly parent_group_id: string;
            /** @enum {unknown} */
            readonly ip_protocol: "tcp" | "udp" | "icmp" | null;
            readonly from_port: number | null;
            readonly to_port: number | null;
            readonly ip_range: {
                readonly cidr?: string;
            };
            readonly group: {
                readonly name?: string;
                readonly tenant_id?: string;
            };
        };
        readonly InstanceAction: {
            /** @description create, reboot, resize, … */
            readonly action: string;
            readonly instance_uuid: string;
            readonly request_id: string;
            readonly user_id: string;
            readonly project_id: string;
            readonly start_time: components["schemas"]["NaiveTimestamp"];
            /**
             * @description Whether it failed
             * @enum {unknown}
             */
            readonly message: "Error" | null;
            readonly updated_at?: components["schemas"]["NaiveTimestamp"];
        };
        readonly Migration: {
            readonly id: number;
            readonly status: string;
            readonly instance_uuid: string;
            readonly source_node: string;
            readonly source_compute: string;
            readonly dest_node: string | null;
            readonly dest_compute: string | null;
            /** @description An address in Nova, which hosts here need none of */
            readonly dest_host: null;
            /** @description The flavor's id where that is a number */
            readonly old_instance_type_id: number | null;
            readonly new_instance_type_id: number | null;
            readonly created_at: components["schemas"]["NaiveTimestamp"];
            readonly updated_at: components["schemas"]["NaiveTimestamp"];
            /** @enum {unknown} */
            readonly migration_type?: "migration" | "resize" | "live-migration" | "evacuation";
            /** @description Of a live migration under way */
            readonly links?: components["schemas"]["Links"];
            readonly uuid?: string;
            readonly user_id?: string;
            readonly project_id?: string;
        };
        readonly ServerMigration: {
            readonly id: number;
            readonly status: string;
            readonly server_uuid: string;
            readonly source_node: string;
            readonly source_compute: string;
            readonly dest_node: string | null;
            readonly dest_compute: string | null;
            readonly dest_host: null;
            readonly created_at: components["schemas"]["NaiveTimestamp"];
            readonly updated_at: components["schemas"]["NaiveTimestamp"];
            /** @description What its host said last; 0 before it said anything */
            readonly memory_total_bytes: number;
            readonly memory_processed_bytes: number;
            readonly memory_remaining_bytes: number;
            /** @description Not told apart from the memory: 0 */
            readonly disk_total_bytes: number;
            readonly disk_processed_bytes: number;
            readonly disk_remaining_bytes: number;
            readonly uuid?: string;
            readonly user_id?: string;
            readonly project_id?: string;
        };
        readonly InstanceActionDetail: {
            /** @description create, reboot, resize, … */
            readonly action: string;
            readonly instance_uuid: string;
            readonly request_id: string;
            readonly user_id: string;
            readonly project_id: string;
            readonly start_time: components["schemas"]["NaiveTimestamp"];
            /**
             * @description Whether it failed
             * @enum {unknown}
             */
            readonly message: "Error" | null;
            readonly updated_at?: components["schemas"]["NaiveTimestamp"];
            /** @description Its steps; for admins, from 2.51 on for everybody */
            readonly events?: readonly components["schemas"]["InstanceActionEvent"][];
        };
        readonly InstanceActionEvent: {
            readonly event: string;
            readonly start_time: components["schemas"]["NaiveTimestamp"];
            readonly finish_time: components["schemas"]["NaiveTimestamp"] | null;
            /** @enum {unknown} */
            readonly result: "Success" | "Error" | null;
            /** @description For admins */
            readonly traceback?: string | null;
            readonly hostId?: string;
            /** @description For admins */
            readonly host?: string;
            readonly details?: string | null;
        };
        readonly MetadataDocument: {
            readonly metadata: {
                readonly [key: string]: string;
            };
        };
        readonly MetadataItem: {
            readonly meta: {
                readonly [key: string]: string;
            };
        };
        readonly KeypairSummary: {
            readonly name: string;
            /** @description A line of OpenSSH’s, or a certificate in PEM */
            readonly public_key: string;
            /** @description md5 of an SSH key, sha1 of a certificate, colon-separated */
            readonly fingerprint: string;
            /** @enum {unknown} */
            readonly type?: "ssh" | "x509";
        };
        readonly CreatedKeypair: {
            readonly name: string;
            /** @description A line of OpenSSH’s, or a certificate in PEM */
            readonly public_key: string;
            /** @description md5 of an SSH key, sha1 of a certificate, colon-separated */
            readonly fingerprint: string;
            /** @enum {unknown} */
            readonly type?: "ssh" | "x509";
            readonly user_id: string;
            /** @description PEM; only of a pair made here, only here */
            readonly private_key?: string;
        };
        readonly Keypair: {
            readonly name: string;
            /** @description A line of OpenSSH’s, or a certificate in PEM */
            readonly public_key: string;
            /** @description md5 of an SSH key, sha1 of a certificate, colon-separated */
            readonly fingerprint: string;
            /** @enum {unknown} */
            readonly type?: "ssh" | "x509";
            readonly user_id: string;
            readonly id: number;
            /** @constant */
            readonly deleted: false;
            readonly created_at: components["schemas"]["NaiveTimestamp"];
            readonly deleted_at: null;
            readonly updated_at: null;
        };
        readonly QuotaLimit: number;
        readonly QuotaSet: {
            readonly instances: components["schemas"]["QuotaLimit"];
            readonly cores: components["schemas"]["QuotaLimit"];
            readonly ram: components["schemas"]["QuotaLimit"];
            readonly key_pairs: components["schemas"]["QuotaLimit"];
            readonly metadata_items: components["schemas"]["QuotaLimit"];
            readonly server_groups: components["schemas"]["QuotaLimit"];
            readonly server_group_members: components["schemas"]["QuotaLimit"];
            readonly injected_files?: components["schemas"]["QuotaLimit"];
            readonly injected_file_content_bytes?: components["schemas"]["QuotaLimit"];
            readonly injected_file_path_bytes?: components["schemas"]["QuotaLimit"];
            readonly fixed_ips?: components["schemas"]["QuotaLimit"];
            readonly floating_ips?: components["schemas"]["QuotaLimit"];
            readonly security_groups?: components["schemas"]["QuotaLimit"];
            readonly security_group_rules?: components["schemas"]["QuotaLimit"];
        };
        readonly ProjectQuotaSet: {
            readonly instances: components["schemas"]["QuotaLimit"];
            readonly cores: components["schemas"]["QuotaLimit"];
            readonly ram: components["schemas"]["QuotaLimit"];
            readonly key_pairs: components["schemas"]["QuotaLimit"];
            readonly metadata_items: components["schemas"]["QuotaLimit"];
            readonly server_groups: components["schemas"]["QuotaLimit"];
            readonly server_group_members: components["schemas"]["QuotaLimit"];
            readonly injected_files?: components["schemas"]["QuotaLimit"];
            readonly injected_file_content_bytes?: components["schemas"]["QuotaLimit"];
            readonly injected_file_path_bytes?: components["schemas"]["QuotaLimit"];
            readonly fixed_ips?: components["schemas"]["QuotaLimit"];
            readonly floating_ips?: components["schemas"]["QuotaLimit"];
            readonly security_groups?: components["schemas"]["QuotaLimit"];
            readonly security_group_rules?: components["schemas"]["QuotaLimit"];
            /** @description The project's */
            readonly id: string;
        };
        readonly QuotaUse: {
            readonly limit: number;
            readonly in_use: number;
            /** @constant */
            readonly reserved: 0;
        };
        readonly QuotaSetDetail: {
            /** @description The project's */
            readonly id: string;
            readonly instances: components["schemas"]["QuotaUse"];
            readonly cores: components["schemas"]["QuotaUse"];
            readonly ram: components["schemas"]["QuotaUse"];
            readonly key_pairs: components["schemas"]["QuotaUse"];
            readonly metadata_items: components["schemas"]["QuotaUse"];
            readonly server_groups: components["schemas"]["QuotaUse"];
            readonly server_group_members: components["schemas"]["QuotaUse"];
            readonly injected_files?: components["schemas"]["QuotaUse"];
            readonly injected_file_content_bytes?: components["schemas"]["QuotaUse"];
            readonly injected_file_path_bytes?: components["schemas"]["QuotaUse"];
            readonly fixed_ips?: components["schemas"]["QuotaUse"];
            readonly floating_ips?: components["schemas"]["QuotaUse"];
            readonly security_groups?: components["schemas"]["QuotaUse"];
            readonly security_group_rules?: components["schemas"]["QuotaUse"];
        };
        readonly WantedQuotaLimit: number | string;
        readonly UpdateQuotaSetRequest: {
            readonly quota_set: {
                readonly force?: components["schemas"]["BooleanLike"];
                readonly instances?: components["schemas"]["WantedQuotaLimit"];
                readonly cores?: components["schemas"]["WantedQuotaLimit"];
                readonly ram?: components["schemas"]["WantedQuotaLimit"];
                readonly key_pairs?: components["schemas"]["WantedQuotaLimit"];
                readonly metadata_items?: components["schemas"]["WantedQuotaLimit"];
                readonly server_groups?: components["schemas"]["WantedQuotaLimit"];
                readonly server_group_members?: components["schemas"]["WantedQuotaLimit"];
                readonly injected_files?: components["schemas"]["WantedQuotaLimit"];
                readonly injected_file_content_bytes?: components["schemas"]["WantedQuotaLimit"];
                readonly injected_file_path_bytes?: components["schemas"]["WantedQuotaLimit"];
                readonly fixed_ips?: components["schemas"]["WantedQuotaLimit"];
                readonly floating_ips?: components["schemas"]["WantedQuotaLimit"];
                readonly security_groups?: components["schemas"]["WantedQuotaLimit"];
                readonly security_group_rules?: components["schemas"]["WantedQuotaLimit"];
            };
        };
        readonly AvailabilityZones: {
            readonly availabilityZoneInfo: readonly {
                readonly zoneName: string;
                readonly zoneState: {
                    readonly available: boolean;
                };
                /** @description By name, then by service; null where they are not told */
                readonly hosts: null | components["schemas"]["ZoneHosts"];
            }[];
        };
        readonly ZoneHosts: {
            readonly [key: string]: {
                readonly [key: string]: {
                    readonly available: boolean;
                    readonly active: boolean;
                    readonly updated_at: components["schemas"]["NaiveTimestamp"];
                };
            };
        };
        readonly LimitsDocument: {
            readonly limits: {
                readonly rate: readonly unknown[];
                readonly absolute: components["schemas"]["AbsoluteLimits"];
            };
        };
        readonly AbsoluteLimits: {
            readonly maxServerMeta: number;
            readonly maxTotalCores: number;
            readonly maxTotalInstances: number;
            readonly maxTotalKeypairs: number;
            /** @description MiB */
            readonly maxTotalRAMSize: number;
            readonly maxServerGroups: number;
            readonly maxServerGroupMembers: number;
            readonly totalCoresUsed: number;
            readonly totalInstancesUsed: number;
            /** @description MiB */
            readonly totalRAMUsed: number;
            readonly totalServerGroupsUsed: number;
            readonly maxImageMeta?: number;
            readonly maxPersonality?: number;
            readonly maxPersonalitySize?: number;
            readonly maxSecurityGroups?: number;
            readonly maxSecurityGroupRules?: number;
            readonly maxTotalFloatingIps?: number;
            readonly totalFloatingIpsUsed?: number;
            readonly totalSecurityGroupsUsed?: number;
        };
        readonly ServerDiagnostics: {
            /** @enum {unknown} */
            readonly state: "pending" | "running" | "paused" | "shutdown" | "crashed" | "suspended";
            /** @enum {unknown} */
            readonly driver: "libvirt" | "xenapi" | "vmwareapi" | "ironic" | "hyperv";
            readonly hypervisor: string | null;
            readonly hypervisor_os: string | null;
            /** @description Seconds */
            readonly uptime: components["schemas"]["KnownNumber"];
            readonly config_drive: boolean;
            readonly num_cpus: number;
            readonly num_nics: number;
            readonly num_disks: number;
            /** @description MiB */
            readonly memory_details: {
                readonly maximum: components["schemas"]["KnownNumber"];
                readonly used: components["schemas"]["KnownNumber"];
            };
            readonly cpu_details: readonly {
                readonly id: components["schemas"]["KnownNumber"];
                /** @description Nanoseconds */
                readonly time: components["schemas"]["KnownNumber"];
                readonly utilisation: components["schemas"]["KnownNumber"];
            }[];
            readonly nic_details: readonly {
                readonly mac_address: string | null;
                readonly rx_octets: components["schemas"]["KnownNumber"];
                readonly rx_errors: components["schemas"]["KnownNumber"];
                readonly rx_drop: components["schemas"]["KnownNumber"];
                readonly rx_packets: components["schemas"]["KnownNumber"];
                readonly rx_rate: components["schemas"]["KnownNumber"];
                readonly tx_octets: components["schemas"]["KnownNumber"];
                readonly tx_errors: components["schemas"]["KnownNumber"];
                readonly tx_drop: components["schemas"]["KnownNumber"];
                readonly tx_packets: components["schemas"]["KnownNumber"];
                readonly tx_rate: components["schemas"]["KnownNumber"];
            }[];
            readonly disk_details: readonly {
                readonly read_bytes: components["schemas"]["KnownNumber"];
                readonly read_requests: components["schemas"]["KnownNumber"];
                readonly write_bytes: components["schemas"]["KnownNumber"];
                readonly write_requests: components["schemas"]["KnownNumber"];
                readonly errors_count: components["schemas"]["KnownNumber"];
            }[];
        };
        readonly ComputeExtension: {
            readonly alias: string;
            readonly name: string;
            readonly description: string;
            readonly links: readonly unknown[];
            readonly namespace: string;
            readonly updated: string;
        };
        readonly KnownNumber: number | null;
        readonly HypervisorServers: readonly {
            readonly uuid: string;
            readonly name: string;
        }[];
        readonly HypervisorSummary: {
            readonly id: components["schemas"]["IdByMicroversion253"];
            readonly hypervisor_hostname: string;
            /** @enum {unknown} */
            readonly state: "up" | "down";
            /** @enum {unknown} */
            readonly status: "enabled" | "disabled";
            readonly servers?: components["schemas"]["HypervisorServers"];
        };
        readonly Hypervisor: {
            readonly id: components["schemas"]["IdByMicroversion253"];
            readonly hypervisor_hostname: string;
            /** @enum {unknown} */
            readonly state: "up" | "down";
            /** @enum {unknown} */
            readonly status: "enabled" | "disabled";
            readonly hypervisor_type: string;
            readonly hypervisor_version: number;
            readonly host_ip: string | null;
            readonly service: {
                readonly id: components["schemas"]["IdByMicroversion253"];
                readonly host: string;
                readonly disabled_reason: string | null;
            };
            readonly servers?: components["schemas"]["HypervisorServers"];
            readonly uptime?: string | null;
            readonly vcpus?: number;
            readonly vcpus_used?: number;
            readonly memory_mb?: number;
            readonly memory_mb_used?: number;
            readonly local_gb?: number;
            readonly local_gb_used?: number;
            readonly free_ram_mb?: number;
            readonly free_disk_gb?: number;
            readonly current_workload?: number;
            readonly running_vms?: number;
            readonly disk_available_least?: number | null;
            readonly cpu_info?: string | {
                readonly [key: string]: unknown;
            };
        };
        readonly HypervisorStatisticsDocument: {
            readonly hypervisor_statistics: {
                readonly count: number;
                readonly vcpus: number;
                readonly vcpus_used: number;
                readonly memory_mb: number;
                readonly memory_mb_used: number;
                readonly local_gb: number;
                readonly local_gb_used: number;
                readonly free_ram_mb: number;
                readonly free_disk_gb: number;
                readonly current_workload: number;
                readonly running_vms: number;
                readonly disk_available_least: number;
            };
        };
        readonly ComputeService: {
            readonly id: components["schemas"]["IdByMicroversion253"];
            /** @constant */
            readonly binary: "nova-compute";
            readonly host: string;
            readonly zone: string;
            /** @enum {unknown} */
            readonly status: "enabled" | "disabled";
            /** @enum {unknown} */
            readonly state: "up" | "down";
            readonly updated_at: components["schemas"]["NaiveTimestamp"];
            readonly disabled_reason: string | null;
            readonly forced_down?: boolean;
        };
        readonly MillisecondTimestamp: string;
        readonly MillisecondTimestampOrNull: components["schemas"]["MillisecondTimestamp"] | null;
        /** @enum {unknown} */
        readonly OperationStatus: "pending" | "running" | "undoing" | "succeeded" | "failed" | "cancelled";
        readonly OperationFault: null | {
            readonly code: string;
            readonly message: string;
            /** @enum {unknown} */
            readonly retry: "never" | "now" | "later" | "elsewhere";
            /** @description For admins */
            readonly details?: string;
        };
        readonly OperationProgress: null | {
            readonly step: string;
            readonly phase: string;
            readonly done_bytes?: number;
            readonly total_bytes?: number;
        };
        readonly Operation: {
            readonly id: string;
            /** @description instance-create, instance-delete … */
            readonly kind: string;
            readonly status: components["schemas"]["OperationStatus"];
            readonly instance_id: string | null;
            readonly project_id: string;
            readonly user_id: string;
            readonly request_id: string;
            /** @description Hosts tried so far */
            readonly attempt: number;
            readonly cancel_requested: boolean;
            readonly error: components["schemas"]["OperationFault"];
            readonly progress: components["schemas"]["OperationProgress"];
            readonly created_at: components["schemas"]["MillisecondTimestamp"];
            readonly updated_at: components["schemas"]["MillisecondTimestamp"];
            readonly finished_at: components["schemas"]["MillisecondTimestampOrNull"];
        };
        readonly OperationDetail: {
            readonly id: string;
            /** @description instance-create, instance-delete … */
            readonly kind: string;
            readonly status: components["schemas"]["OperationStatus"];
            readonly instance_id: string | null;
            readonly project_id: string;
            readonly user_id: string;
            readonly request_id: string;
            /** @description Hosts tried so far */
            readonly attempt: number;
            readonly cancel_requested: boolean;
            readonly error: components["schemas"]["OperationFault"];
            readonly progress: components["schemas"]["OperationProgress"];
            readonly created_at: components["schemas"]["MillisecondTimestamp"];
            readonly updated_at: components["schemas"]["MillisecondTimestamp"];
            readonly finished_at: components["schemas"]["MillisecondTimestampOrNull"];
            readonly steps: readonly components["schemas"]["OperationStep"][];
            readonly verdicts: readonly components["schemas"]["SchedulingVerdict"][];
        };
        readonly OperationStep: {
            readonly attempt: number;
            readonly name: string;
            /** @enum {unknown} */
            readonly status: "running" | "done" | "failed" | "undoing" | "undone";
            readonly error: components["schemas"]["OperationFault"];
            /** @description What the step said; for admins */
            readonly output?: unknown;
            readonly started_at: components["schemas"]["MillisecondTimestamp"];
            readonly finished_at: components["schemas"]["MillisecondTimestampOrNull"];
        };
        /** @description One decision of the scheduler; hosts by name are for admins */
        readonly SchedulingVerdict: {
            /** @description The scheduling attempt: 1 for the first */
            readonly attempt: number;
            readonly considered: number;
            readonly passed: number;
            readonly rejections: readonly components["schemas"]["SchedulingRejection"][];
            readonly top?: readonly components["schemas"]["ScoredHost"][];
            readonly chosen?: null | components["schemas"]["ScoredHost"];
        };
        readonly SchedulingRejection: {
            readonly filter: string;
            readonly reason: string;
            /** @description Hosts that fell for this reason */
            readonly count: number;
            readonly wanted?: number | string;
            /** @description The most that any of these hosts had, where amounts are numbers */
            readonly had?: number | string;
            /** @description Some of them; for admins */
            readonly hosts?: readonly string[];
        };
        readonly Explanation: {
            /** @description What would become of the request and what would help, in words */
            readonly summary: string;
            /** @description Servers that were asked for */
            readonly count: number;
            /** @description How many of them would find a host */
            readonly fits: number;
            /** @description Hosts in all */
            readonly considered: number;
            /** @description Hosts that would take one of the servers */
            readonly passed: number;
            /** @description In the order in which they run */
            readonly filters: readonly {
                readonly filter: string;
                readonly checked: number;
                readonly passed: number;
                readonly rejections: readonly components["schemas"]["SchedulingRejection"][];
            }[];
            /** @description The best candidates, best first; hosts by name are for admins */
            readonly top: readonly {
                readonly host_id?: string;
                readonly name?: string;
                readonly score: number;
            }[];
            /** @description The smallest changes after which it would fit; empty when it fits, or when nothing helps */
            readonly changes: readonly {
                readonly summary: string;
                /** @description How many hosts would then take it */
                readonly hosts: number;
                /** @description The host that would have to be different; for admins */
                readonly host?: string;
                /** @description All of them together */
                readonly remedies: readonly components["schemas"]["Remedy"][];
            }[];
            /** @description The verdict on each host, by name; for admins */
            readonly hosts?: readonly {
                readonly name: string;
                /** @description The first filter that refused it */
                readonly filter: string | null;
                readonly reason?: string;
                readonly wanted?: number | string;
                readonly had?: number | string;
            }[];
        };
        readonly Remedy: {
            /** @constant */
            readonly kind: "less";
            /** @enum {unknown} */
            readonly amount: "vcpus" | "memory_mb" | "disk_gb";
            readonly at_most: number;
        } | {
            /** @constant */
            readonly kind: "image";
            readonly property: string;
            /** @description Empty: without the property */
            readonly one_of: readonly string[];
        } | {
            /** @constant */
            readonly kind: "host";
            /** @enum {unknown} */
            readonly must_be: "enabled" | "up" | "healthy" | "tested";
        };
        readonly ScoredHost: {
            readonly host_id: string;
            readonly name: string;
            readonly score: number;
        };
        readonly Agent: {
            readonly id: string;
            readonly name: string;
            /** @description It joined by itself from a process of its own */
            readonly enrolled: boolean;
            readonly last_seen_at: components["schemas"]["MillisecondTimestamp"];
            readonly created_at: components["schemas"]["MillisecondTimestamp"];
            readonly hosts: readonly {
                readonly id: string;
                readonly name: string;
                readonly up: boolean;
            }[];
        };
        /** @description How an agent reaches the bus; good for its own queue and topics alone */
        readonly BusAccount: {
            /** @description Without credentials */
            readonly url: string;
            readonly username: string;
            readonly password: string;
        };
        readonly HostDrain: {
            /** @description Its name */
            readonly host: string;
            readonly moving: readonly {
                readonly server_id: string;
                readonly server_name: string;
                readonly project_id: string;
                /** @enum {unknown} */
                readonly how: "live" | "cold";
                readonly operation_id: string;
            }[];
            readonly staying: readonly {
                readonly server_id: string;
                readonly server_name: string;
                readonly project_id: string;
                readonly code: string;
                readonly reason: string;
            }[];
        };
        readonly Host: {
            readonly id: string;
            readonly name: string;
            readonly driver: string;
            readonly hypervisor_type: string;
            readonly hypervisor_version: string;
            readonly up: boolean;
            readonly healthy: boolean;
            /** @description What the driver said last about its hypervisor */
            readonly message: string;
            readonly enabled: boolean;
            readonly disabled_reason: string | null;
            /** @description Whether a throw-away VM ran on it; a host takes work once one did */
            readonly smoke_test: {
                /** @enum {unknown} */
                readonly state: "pending" | "running" | "passed" | "failed";
                /** @description Why it failed */
                readonly message: string;
                readonly ended_at: components["schemas"]["MillisecondTimestamp"] | null;
            };
            readonly total: components["schemas"]["Resources"];
            /** @description What may be promised in all */
            readonly capacity: components["schemas"]["Resources"];
            readonly used: components["schemas"]["Resources"];
            readonly instance_count: number;
            readonly last_seen_at: components["schemas"]["MillisecondTimestamp"];
        };
        readonly Resources: {
            readonly vcpus: number;
            readonly memory_mb: number;
            readonly disk_gb: number;
        };
    };
    responses: {
        /** @description Where the console is to be had, for a while and a few times */
        readonly OldConsole: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly console: {
                        readonly type: string;
                        /** Format: uri */
                        readonly url: string;
                    };
                };
            };
        };
        /** @description Where the console is to be had, for a while and a few times */
        readonly RemoteConsole: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly remote_console: {
                        readonly protocol: string;
                        readonly type: string;
                        /** Format: uri */
                        readonly url: string;
                    };
                };
            };
        };
        /** @description One key named after the kind of fault */
        readonly ComputeFault: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["ComputeFault"];
            };
        };
        /** @description Keystone's envelope */
        readonly IdentityFault: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["IdentityFault"];
            };
        };
        /** @description Glance's flat envelope, with the same inside `error` because clients show only that */
        readonly ImageFault: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["ImageFault"];
            };
        };
        /** @description Our own envelope */
        readonly PolyvisorFault: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["PolyvisorFault"];
            };
        };
        /** @description A project */
        readonly IdentityProject: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly project: components["schemas"]["IdentityProject"];
                };
            };
        };
        /** @description Projects by name */
        readonly IdentityProjects: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly projects: readonly components["schemas"]["IdentityProject"][];
                    readonly links: components["schemas"]["IdentityListLinks"];
                };
            };
        };
        /** @description Domains by name */
        readonly IdentityDomains: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly domains: readonly components["schemas"]["IdentityDomain"][];
                    readonly links: components["schemas"]["IdentityListLinks"];
                };
            };
        };
        /** @description A consumer */
        readonly IdentityConsumer: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly consumer: components["schemas"]["IdentityConsumer"];
                };
            };
        };
        /** @description Options by group */
        readonly IdentityDomainConfig: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly config: components["schemas"]["IdentityDomainConfig"];
                };
            };
        };
        /** @description The option */
        readonly IdentityDomainConfigOptions: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly config: components["schemas"]["IdentityDomainConfigOptions"];
                };
            };
        };
        /** @description A trust */
        readonly IdentityTrust: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly trust: components["schemas"]["IdentityTrust"];
                };
            };
        };
        /** @description An application credential */
        readonly IdentityApplicationCredential: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly application_credential: components["schemas"]["IdentityApplicationCredential"];
                };
            };
        };
        /** @description A domain */
        readonly IdentityDomain: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly domain: components["schemas"]["IdentityDomain"];
                };
            };
        };
        /** @description The service */
        readonly IdentityService: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly service: components["schemas"]["IdentityService"];
                };
            };
        };
        /** @description The services */
        readonly IdentityServices: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly services: readonly components["schemas"]["IdentityService"][];
                    readonly links: components["schemas"]["IdentityListLinks"];
                };
            };
        };
        /** @description The endpoint */
        readonly IdentityEndpoint: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly endpoint: components["schemas"]["IdentityEndpoint"];
                };
            };
        };
        /** @description The endpoints */
        readonly IdentityEndpoints: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly endpoints: readonly components["schemas"]["IdentityEndpoint"][];
                    readonly links: components["schemas"]["IdentityListLinks"];
                };
            };
        };
        /** @description The region */
        readonly IdentityRegion: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly region: components["schemas"]["IdentityRegion"];
                };
            };
        };
        /** @description The regions */
        readonly IdentityRegions: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly regions: readonly components["schemas"]["IdentityRegion"][];
                    readonly links: components["schemas"]["IdentityListLinks"];
                };
            };
        };
        /** @description The endpoint group */
        readonly IdentityEndpointGroup: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly endpoint_group: components["schemas"]["IdentityEndpointGroup"];
                };
            };
        };
        /** @description The endpoint groups */
        readonly IdentityEndpointGroups: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly endpoint_groups: readonly components["schemas"]["IdentityEndpointGroup"][];
                    readonly links: components["schemas"]["IdentityListLinks"];
                };
            };
        };
        /** @description The policy */
        readonly IdentityPolicy: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly policy: components["schemas"]["IdentityPolicy"];
                };
            };
        };
        /** @description The credential */
        readonly IdentityCredential: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly credential: components["schemas"]["IdentityCredential"];
                };
            };
        };
        /** @description The EC2 credential */
        readonly IdentityEc2Credential: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly credential: components["schemas"]["IdentityEc2Credential"];
                };
            };
        };
        /** @description A group */
        readonly IdentityGroup: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly group: components["schemas"]["IdentityGroup"];
                };
            };
        };
        /** @description Groups by name */
        readonly IdentityGroups: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly groups: readonly components["schemas"]["IdentityGroup"][];
                    readonly links: components["schemas"]["IdentityListLinks"];
                };
            };
        };
        /** @description The project's tags */
        readonly IdentityTags: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly tags: readonly string[];
                    readonly links: components["schemas"]["IdentitySelfLink"];
                };
            };
        };
        /** @description Users by name */
        readonly IdentityUsers: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly users: readonly components["schemas"]["IdentityUser"][];
                    readonly links: components["schemas"]["IdentityListLinks"];
                };
            };
        };
        /** @description A user */
        readonly IdentityUser: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly user: components["schemas"]["IdentityUser"];
                };
            };
        };
        /** @description A role */
        readonly IdentityRole: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly role: components["schemas"]["IdentityRole"];
                };
            };
        };
        /** @description Roles by name */
        readonly IdentityRoles: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly roles: readonly components["schemas"]["IdentityRole"][];
                    readonly links: components["schemas"]["IdentityListLinks"];
                };
            };
        };
        /** @description A JSON schema */
        readonly ImageJsonSchema: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": {
                    readonly name: string;
                    readonly properties: {
                        readonly [key: string]: unknown;
                    };
                    readonly links: readonly {
                        readonly [key: string]: string;
                    }[];
                } & {
                    readonly [key: string]: unknown;
                };
            };
        };
        /** @description The versions, newest first, as Glance lists them */
        readonly ImageVersions: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/json": components["schemas"]["ImageVersions"];
            };
        };
    };
    parameters: {
        readonly metadefNamespace: string;
        readonly metadefName: string;
        readonly domain_id: string;
        readonly project_id: string;
        readonly user_id: string;
        readonly consumerId: string;
        readonly requestTokenId: string;
        readonly accessTokenId: string;
        readonly configGroup: string;
        readonly configOption: string;
        readonly trustId: string;
        readonly applicationCredentialId: string;
        readonly accessRuleId: string;
        readonly group_id: string;
        readonly impliedRoleId: string;
        readonly projectTag: components["schemas"]["IdentityTag"];
        readonly serviceId: string;
        readonly endpointId: string;
        readonly endpointGroupId: string;
        readonly regionId: string;
        readonly policyId: string;
        readonly credentialId: string;
        readonly ec2Access: string;
        readonly role_id: string;
        readonly image_id: string;
        readonly limit: number;
        readonly marker: string;
        readonly limitFrom233: number;
        readonly markerFrom233: string;
        readonly sortDir: "asc" | "desc";
        readonly flavorSortKey: components["schemas"]["FlavorSortKey"];
        readonly flavorId: string;
        readonly aggregateId: string;
        readonly serverId: string;
        readonly hypervisorId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly getHealth: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Alive */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @constant */
                        readonly status: "ok";
                    };
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly getMetrics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Prometheus text */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": unknown;
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly getReadiness: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Ready */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description A part is not ready; its message says why */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Readiness"];
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly getContract: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The contract */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/yaml": unknown;
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly listIdentityVersions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One version, as Keystone lists it */
            readonly 300: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly versions: {
                            readonly values: readonly components["schemas"]["IdentityVersion"][];
                        };
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showIdentityVersion: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The version */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly version: components["schemas"]["IdentityVersion"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly validateToken: {
        readonly parameters: {
            readonly query?: {
                readonly nocatalog?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A valid token */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["IdentityTokenEnvelope"];
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly issueToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["IdentityAuthRequest"];
            };
        };
        readonly responses: {
            /** @description A token */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["IdentityTokenEnvelope"];
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly revokeToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is no token any more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showCatalog: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The catalog */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly catalog: components["schemas"]["IdentityCatalog"];
                        readonly links: components["schemas"]["IdentityListLinks"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listAuthProjects: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityProjects"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listAuthDomains: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityDomains"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listAuthSystem: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The system, or nothing */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly system: readonly components["schemas"]["IdentitySystem"][];
                        readonly links: components["schemas"]["IdentityListLinks"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listDomains: {
        readonly parameters: {
            readonly query?: {
                readonly name?: string;
                readonly enabled?: components["schemas"]["LooseBoolean"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityDomains"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createDomain: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly domain: {
                        readonly name: components["schemas"]["IdentityProjectName"];
                        readonly description?: string | null;
                        readonly enabled?: boolean;
                        readonly options?: components["schemas"]["IdentityResourceOptions"];
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityDomain"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showDomain: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityDomain"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteDomain: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updateDomain: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly domain: {
                        readonly name?: components["schemas"]["IdentityProjectName"];
                        readonly description?: string | null;
                        readonly enabled?: boolean;
                        readonly options?: components["schemas"]["IdentityResourceOptions"];
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityDomain"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listProjects: {
        readonly parameters: {
            readonly query?: {
                readonly name?: string;
                readonly domain_id?: string;
                readonly enabled?: components["schemas"]["LooseBoolean"];
                readonly parent_id?: string;
                readonly tags?: string;
                readonly "tags-any"?: string;
                readonly "not-tags"?: string;
                readonly "not-tags-any"?: string;
                readonly is_domain?: components["schemas"]["LooseBoolean"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityProjects"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createProject: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly project: {
                        readonly name: components["schemas"]["IdentityProjectName"];
                        readonly domain_id?: string | null;
                        readonly parent_id?: string | null;
                        readonly description?: string | null;
                        readonly enabled?: boolean;
                        readonly is_domain?: boolean;
                        readonly tags?: components["schemas"]["IdentityTags"];
                        readonly options?: components["schemas"]["IdentityResourceOptions"];
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityProject"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showProject: {
        readonly parameters: {
            readonly query?: {
                readonly parents_as_list?: string;
                readonly parents_as_ids?: string;
                readonly subtree_as_list?: string;
                readonly subtree_as_ids?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityProject"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteProject: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updateProject: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly project: {
                        readonly name?: components["schemas"]["IdentityProjectName"];
                        readonly description?: string | null;
                        readonly enabled?: boolean;
                        readonly parent_id?: string | null;
                        readonly domain_id?: string | null;
                        readonly tags?: components["schemas"]["IdentityTags"];
                        readonly options?: components["schemas"]["IdentityResourceOptions"];
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityProject"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listProjectTags: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityTags"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly replaceProjectTags: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly tags: components["schemas"]["IdentityTags"];
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityTags"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly removeProjectTags: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The project has none */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkProjectTag: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly tag: components["parameters"]["projectTag"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It has */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly addProjectTag: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly tag: components["parameters"]["projectTag"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The project has it */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly removeProjectTag: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly tag: components["parameters"]["projectTag"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The project has it no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly hasProjectTag: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly tag: components["parameters"]["projectTag"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It has */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listUsers: {
        readonly parameters: {
            readonly query?: {
                readonly name?: string;
                readonly domain_id?: string;
                readonly enabled?: components["schemas"]["LooseBoolean"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityUsers"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly user: {
                        readonly name: components["schemas"]["IdentityUserName"];
                        readonly domain_id?: string | null;
                        readonly password?: components["schemas"]["IdentityNewPassword"];
                        readonly default_project_id?: string | null;
                        readonly description?: string | null;
                        readonly email?: string | null;
                        readonly enabled?: boolean;
                        readonly options?: components["schemas"]["IdentityUserOptions"];
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityUser"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityUser"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updateUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly user: {
                        readonly name?: components["schemas"]["IdentityUserName"];
                        readonly password?: components["schemas"]["IdentityNewPassword"];
                        readonly default_project_id?: string | null;
                        readonly description?: string | null;
                        readonly email?: string | null;
                        readonly enabled?: boolean;
                        readonly options?: components["schemas"]["IdentityUserOptions"];
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityUser"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly changePassword: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly user: {
                        readonly password: string;
                        readonly original_password: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description Changed */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listUserProjects: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityProjects"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listApplicationCredentials: {
        readonly parameters: {
            readonly query?: {
                readonly name?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Application credentials by name */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly application_credentials: readonly components["schemas"]["IdentityApplicationCredential"][];
                        readonly links: components["schemas"]["IdentityListLinks"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createApplicationCredential: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly application_credential: {
                        readonly name: components["schemas"]["IdentityUserName"];
                        readonly description?: string | null;
                        readonly secret?: string | null;
                        readonly expires_at?: string | null;
                        readonly unrestricted?: boolean | null;
                        readonly project_id?: string | null;
                        readonly roles?: components["schemas"]["IdentityRoleReferences"];
                        readonly access_rules?: readonly {
                            readonly id?: string;
                            readonly service?: string;
                            /** @enum {unknown} */
                            readonly method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
                            readonly path?: string;
                        }[];
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityApplicationCredential"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showApplicationCredential: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly application_credential_id: components["parameters"]["applicationCredentialId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityApplicationCredential"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteApplicationCredential: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly application_credential_id: components["parameters"]["applicationCredentialId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listAccessRules: {
        readonly parameters: {
            readonly query?: {
                readonly service?: string;
                readonly method?: string;
                readonly path?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Access rules */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly access_rules: readonly components["schemas"]["IdentityAccessRule"][];
                        readonly links: components["schemas"]["IdentityListLinks"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showAccessRule: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly access_rule_id: components["parameters"]["accessRuleId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The access rule */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly access_rule: components["schemas"]["IdentityAccessRule"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteAccessRule: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly access_rule_id: components["parameters"]["accessRuleId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listUserGroups: {
        readonly parameters: {
            readonly query?: {
                readonly name?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityGroups"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listGroups: {
        readonly parameters: {
            readonly query?: {
                readonly name?: string;
                readonly domain_id?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityGroups"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly group: {
                        readonly name: components["schemas"]["IdentityUserName"];
                        readonly domain_id?: string | null;
                        readonly description?: string | null;
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityGroup"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityGroup"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updateGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly group: {
                        readonly name?: components["schemas"]["IdentityUserName"];
                        readonly description?: string | null;
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityGroup"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listGroupUsers: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityUsers"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly getGroupUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user is */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly addGroupUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user is in it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly removeGroupUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user is in it no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkGroupUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user is */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listRoles: {
        readonly parameters: {
            readonly query?: {
                readonly name?: string;
                readonly domain_id?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityRoles"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly role: {
                        readonly name: components["schemas"]["IdentityUserName"];
                        readonly description?: string | null;
                        readonly domain_id?: string | null;
                        readonly options?: components["schemas"]["IdentityResourceOptions"];
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityRole"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityRole"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updateRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly role: {
                        readonly name?: components["schemas"]["IdentityUserName"];
                        readonly description?: string | null;
                        readonly options?: components["schemas"]["IdentityResourceOptions"];
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityRole"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listImpliedRoles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One prior role, and what it implies */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["IdentityRoleInferencesEnvelope"];
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showImpliedRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly role_id: components["parameters"]["role_id"];
                readonly implied_role_id: components["parameters"]["impliedRoleId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The rule */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["IdentityRoleInferenceEnvelope"];
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly implyRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly role_id: components["parameters"]["role_id"];
                readonly implied_role_id: components["parameters"]["impliedRoleId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The rule */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["IdentityRoleInferenceEnvelope"];
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly unimplyRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly role_id: components["parameters"]["role_id"];
                readonly implied_role_id: components["parameters"]["impliedRoleId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The role implies the other no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkImpliedRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly role_id: components["parameters"]["role_id"];
                readonly implied_role_id: components["parameters"]["impliedRoleId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It does */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listRoleInferences: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description By prior role */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly role_inferences: readonly components["schemas"]["IdentityRoleInferences"][];
                        readonly links: components["schemas"]["IdentityListLinks"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listProjectUserRoles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityRoles"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly getProjectRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly assignProjectRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly unassignProjectRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkProjectRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listProjectGroupRoles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly group_id: components["parameters"]["group_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityRoles"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly getProjectGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly assignProjectGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly unassignProjectGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkProjectGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listDomainUserRoles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityRoles"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly getDomainRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly assignDomainRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly unassignDomainRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkDomainRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listDomainGroupRoles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group_id: components["parameters"]["group_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityRoles"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly getDomainGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly assignDomainGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly unassignDomainGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkDomainGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listSystemUserRoles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityRoles"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly getSystemRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly assignSystemRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly unassignSystemRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkSystemRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listSystemGroupRoles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityRoles"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly getSystemGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly assignSystemGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly unassignSystemGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkSystemGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly getInheritedProjectRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly assignInheritedProjectRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly unassignInheritedProjectRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkInheritedProjectRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly getInheritedProjectGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly assignInheritedProjectGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly unassignInheritedProjectGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkInheritedProjectGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listInheritedDomainUserRoles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityRoles"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly getInheritedDomainRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly assignInheritedDomainRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly unassignInheritedDomainRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkInheritedDomainRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly user_id: components["parameters"]["user_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The user has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listInheritedDomainGroupRoles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group_id: components["parameters"]["group_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityRoles"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly getInheritedDomainGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly assignInheritedDomainGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly unassignInheritedDomainGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkInheritedDomainGroupRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group_id: components["parameters"]["group_id"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listRoleAssignments: {
        readonly parameters: {
            readonly query?: {
                readonly "user.id"?: string;
                readonly "role.id"?: string;
                readonly "scope.project.id"?: string;
                readonly "scope.domain.id"?: string;
                readonly "group.id"?: string;
                readonly "scope.system"?: string;
                readonly "scope.OS-INHERIT:inherited_to"?: string;
                readonly effective?: string;
                readonly include_names?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Assignments */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly role_assignments: readonly components["schemas"]["IdentityRoleAssignment"][];
                        readonly links: components["schemas"]["IdentityListLinks"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listCatalogServices: {
        readonly parameters: {
            readonly query?: {
                readonly type?: string;
                readonly name?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityServices"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createCatalogService: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly service: {
                        readonly type: components["schemas"]["IdentityUserName"];
                        readonly name?: string | null;
                        readonly description?: string | null;
                        readonly enabled?: boolean;
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityService"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showCatalogService: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly service_id: components["parameters"]["serviceId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityService"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteCatalogService: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly service_id: components["parameters"]["serviceId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updateCatalogService: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly service_id: components["parameters"]["serviceId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly service: {
                        readonly type?: components["schemas"]["IdentityUserName"];
                        readonly name?: string | null;
                        readonly description?: string | null;
                        readonly enabled?: boolean;
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityService"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listEndpoints: {
        readonly parameters: {
            readonly query?: {
                readonly service_id?: string;
                readonly region_id?: string;
                readonly interface?: "public" | "internal" | "admin";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityEndpoints"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createEndpoint: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly endpoint: {
                        readonly service_id: string;
                        /** @enum {unknown} */
                        readonly interface: "public" | "internal" | "admin";
                        readonly url: string;
                        readonly region?: string | null;
                        readonly region_id?: string | null;
                        readonly name?: string | null;
                        readonly description?: string | null;
                        readonly enabled?: boolean;
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityEndpoint"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showEndpoint: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_id: components["parameters"]["endpointId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityEndpoint"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteEndpoint: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_id: components["parameters"]["endpointId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updateEndpoint: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_id: components["parameters"]["endpointId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly endpoint: {
                        readonly service_id?: string;
                        /** @enum {unknown} */
                        readonly interface?: "public" | "internal" | "admin";
                        readonly url?: string;
                        readonly region?: string | null;
                        readonly region_id?: string | null;
                        readonly name?: string | null;
                        readonly description?: string | null;
                        readonly enabled?: boolean;
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityEndpoint"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listRegions: {
        readonly parameters: {
            readonly query?: {
                readonly parent_region_id?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityRegions"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createRegion: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly region: {
                        readonly id?: string | null;
                        readonly description?: string | null;
                        readonly parent_region_id?: string | null;
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityRegion"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showRegion: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly region_id: components["parameters"]["regionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityRegion"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createRegionWithId: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly region_id: components["parameters"]["regionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly region: {
                        readonly id?: string | null;
                        readonly description?: string | null;
                        readonly parent_region_id?: string | null;
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityRegion"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteRegion: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly region_id: components["parameters"]["regionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updateRegion: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly region_id: components["parameters"]["regionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly region: {
                        readonly description?: string | null;
                        readonly parent_region_id?: string | null;
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityRegion"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showDomainConfig: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityDomainConfig"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly replaceDomainConfig: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly config: components["schemas"]["IdentityDomainConfig"];
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityDomainConfig"];
            readonly 201: components["responses"]["IdentityDomainConfig"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteDomainConfig: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updateDomainConfig: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly config: components["schemas"]["IdentityDomainConfig"];
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityDomainConfig"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showDomainConfigGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group: components["parameters"]["configGroup"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityDomainConfig"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteDomainConfigGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group: components["parameters"]["configGroup"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updateDomainConfigGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group: components["parameters"]["configGroup"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly config: components["schemas"]["IdentityDomainConfig"];
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityDomainConfig"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showDomainConfigOption: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group: components["parameters"]["configGroup"];
                readonly option: components["parameters"]["configOption"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityDomainConfigOptions"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteDomainConfigOption: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group: components["parameters"]["configGroup"];
                readonly option: components["parameters"]["configOption"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updateDomainConfigOption: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly domain_id: components["parameters"]["domain_id"];
                readonly group: components["parameters"]["configGroup"];
                readonly option: components["parameters"]["configOption"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly config: components["schemas"]["IdentityDomainConfigOptions"];
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityDomainConfig"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showDefaultDomainConfig: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityDomainConfig"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showDefaultDomainConfigGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group: components["parameters"]["configGroup"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityDomainConfig"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showDefaultDomainConfigOption: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly group: components["parameters"]["configGroup"];
                readonly option: components["parameters"]["configOption"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityDomainConfigOptions"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listTrusts: {
        readonly parameters: {
            readonly query?: {
                readonly trustor_user_id?: string;
                readonly trustee_user_id?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Trusts that can be used, without their roles */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly trusts: readonly components["schemas"]["IdentityTrust"][];
                        readonly links: components["schemas"]["IdentityListLinks"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createTrust: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly trust: {
                        readonly trustor_user_id: string;
                        readonly trustee_user_id: string;
                        /** @description Whether its tokens speak as the trustor */
                        readonly impersonation: boolean;
                        readonly project_id?: string | null;
                        readonly expires_at?: string | null;
                        readonly remaining_uses?: number | null;
                        readonly allow_redelegation?: boolean | null;
                        readonly redelegation_count?: number | null;
                        readonly roles?: components["schemas"]["IdentityRoleReferences"];
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityTrust"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showTrust: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly trust_id: components["parameters"]["trustId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityTrust"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteTrust: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly trust_id: components["parameters"]["trustId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listTrustRoles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly trust_id: components["parameters"]["trustId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Roles by name */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly roles: readonly components["schemas"]["IdentityRole"][];
                        readonly links: components["schemas"]["IdentityListLinks"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showTrustRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly trust_id: components["parameters"]["trustId"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityRole"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkTrustRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly trust_id: components["parameters"]["trustId"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It does */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listConsumers: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Consumers, oldest first */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly consumers: readonly components["schemas"]["IdentityConsumer"][];
                        readonly links: components["schemas"]["IdentityListLinks"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createConsumer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly consumer: {
                        readonly description?: string | null;
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityConsumer"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showConsumer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly consumer_id: components["parameters"]["consumerId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityConsumer"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteConsumer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly consumer_id: components["parameters"]["consumerId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updateConsumer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly consumer_id: components["parameters"]["consumerId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly consumer: {
                        readonly description?: string | null;
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityConsumer"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createRequestToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                readonly "Requested-Project-Id": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description oauth_token, oauth_token_secret and oauth_expires_at */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/x-www-form-urlencoded": unknown;
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly authorizeRequestToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly request_token_id: components["parameters"]["requestTokenId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly roles: components["schemas"]["IdentityRoleReferences"];
                };
            };
        };
        readonly responses: {
            /** @description What the consumer must be told */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly token: {
                            readonly oauth_verifier: string;
                        };
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createAccessToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description oauth_token, oauth_token_secret and oauth_expires_at */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/x-www-form-urlencoded": unknown;
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listAccessTokens: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Access tokens, oldest first */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly access_tokens: readonly components["schemas"]["IdentityAccessToken"][];
                        readonly links: components["schemas"]["IdentityListLinks"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showAccessToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly access_token_id: components["parameters"]["accessTokenId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The access token */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly access_token: components["schemas"]["IdentityAccessToken"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteAccessToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly access_token_id: components["parameters"]["accessTokenId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listAccessTokenRoles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly access_token_id: components["parameters"]["accessTokenId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Roles by name */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly roles: readonly components["schemas"]["IdentityRole"][];
                        readonly links: components["schemas"]["IdentityListLinks"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showAccessTokenRole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly access_token_id: components["parameters"]["accessTokenId"];
                readonly role_id: components["parameters"]["role_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityRole"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listEndpointGroups: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityEndpointGroups"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createEndpointGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly endpoint_group: {
                        readonly name: components["schemas"]["IdentityUserName"];
                        readonly description?: string | null;
                        readonly filters: components["schemas"]["IdentityEndpointFilters"];
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityEndpointGroup"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showEndpointGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_group_id: components["parameters"]["endpointGroupId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityEndpointGroup"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteEndpointGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_group_id: components["parameters"]["endpointGroupId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkEndpointGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_group_id: components["parameters"]["endpointGroupId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description There is */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updateEndpointGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_group_id: components["parameters"]["endpointGroupId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly endpoint_group: {
                        readonly name?: components["schemas"]["IdentityUserName"];
                        readonly description?: string | null;
                        readonly filters?: components["schemas"]["IdentityEndpointFilters"];
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityEndpointGroup"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listEndpointGroupEndpoints: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_group_id: components["parameters"]["endpointGroupId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityEndpoints"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listEndpointGroupProjects: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_group_id: components["parameters"]["endpointGroupId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityProjects"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showProjectEndpointGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_group_id: components["parameters"]["endpointGroupId"];
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityEndpointGroup"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly giveProjectEndpointGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_group_id: components["parameters"]["endpointGroupId"];
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The project sees it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly takeBackProjectEndpointGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_group_id: components["parameters"]["endpointGroupId"];
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is not given to the project any more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listEndpointProjects: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly endpoint_id: components["parameters"]["endpointId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityProjects"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listProjectEndpoints: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityEndpoints"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listProjectEndpointGroups: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityEndpointGroups"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly getProjectEndpoint: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly endpoint_id: components["parameters"]["endpointId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It was */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly giveProjectEndpoint: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly endpoint_id: components["parameters"]["endpointId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The project sees it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly takeBackProjectEndpoint: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly endpoint_id: components["parameters"]["endpointId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is not given to the project any more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly checkProjectEndpoint: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: components["parameters"]["project_id"];
                readonly endpoint_id: components["parameters"]["endpointId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It was */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listPolicies: {
        readonly parameters: {
            readonly query?: {
                readonly type?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Policies */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly policies: readonly components["schemas"]["IdentityPolicy"][];
                        readonly links: components["schemas"]["IdentityListLinks"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createPolicy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly policy: {
                        readonly type: components["schemas"]["IdentityUserName"];
                        readonly blob: string;
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityPolicy"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showPolicy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly policy_id: components["parameters"]["policyId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityPolicy"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deletePolicy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly policy_id: components["parameters"]["policyId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updatePolicy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly policy_id: components["parameters"]["policyId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly policy: {
                        readonly type?: components["schemas"]["IdentityUserName"];
                        readonly blob?: string;
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityPolicy"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listCredentials: {
        readonly parameters: {
            readonly query?: {
                readonly user_id?: string;
                readonly type?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Credentials */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly credentials: readonly components["schemas"]["IdentityCredential"][];
                        readonly links: components["schemas"]["IdentityListLinks"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createCredential: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly credential: {
                        readonly user_id?: string | null;
                        readonly project_id?: string | null;
                        readonly type: components["schemas"]["IdentityUserName"];
                        readonly blob: string;
                    };
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityCredential"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showCredential: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly credential_id: components["parameters"]["credentialId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityCredential"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteCredential: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly credential_id: components["parameters"]["credentialId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly updateCredential: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly credential_id: components["parameters"]["credentialId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly credential: {
                        readonly user_id?: string;
                        readonly project_id?: string | null;
                        readonly type?: components["schemas"]["IdentityUserName"];
                        readonly blob?: string;
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["IdentityCredential"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listEc2Credentials: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description EC2 credentials */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly credentials: readonly components["schemas"]["IdentityEc2Credential"][];
                        readonly links: components["schemas"]["IdentityListLinks"];
                    };
                };
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly createEc2Credential: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly tenant_id: string;
                };
            };
        };
        readonly responses: {
            readonly 201: components["responses"]["IdentityEc2Credential"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly showEc2Credential: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly access: components["parameters"]["ec2Access"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["IdentityEc2Credential"];
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly deleteEc2Credential: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly user_id: components["parameters"]["user_id"];
                readonly access: components["parameters"]["ec2Access"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["IdentityFault"];
        };
    };
    readonly listImageVersions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 300: components["responses"]["ImageVersions"];
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly listImageVersionsByName: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 300: components["responses"]["ImageVersions"];
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly listImages: {
        readonly parameters: {
            readonly query?: {
                readonly id?: string;
                readonly name?: string;
                readonly status?: string;
                readonly visibility?: "public" | "private" | "shared" | "community" | "all";
                readonly member_status?: "accepted" | "pending" | "rejected" | "all";
                readonly owner?: string;
                readonly disk_format?: string;
                readonly container_format?: string;
                readonly protected?: components["schemas"]["LooseBoolean"];
                readonly os_hidden?: components["schemas"]["LooseBoolean"];
                readonly size?: number;
                readonly min_disk?: number;
                readonly min_ram?: number;
                readonly checksum?: string;
                readonly os_hash_value?: string;
                readonly size_min?: number;
                readonly size_max?: number;
                /** @description ISO 8601, with gt:, gte:, lt:, lte:, eq: or neq: before it; several must all hold */
                readonly created_at?: readonly string[];
                /** @description As created_at */
                readonly updated_at?: readonly string[];
                readonly tag?: readonly string[];
                readonly limit?: number;
                readonly marker?: string;
                readonly sort?: string;
                readonly sort_key?: readonly components["schemas"]["ImageSortKey"][];
                readonly sort_dir?: readonly ("asc" | "desc")[];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly images: readonly components["schemas"]["Image"][];
                        readonly first: string;
                        readonly next?: string;
                        readonly schema: string;
                    };
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly createImage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewImage"];
            };
        };
        readonly responses: {
            /** @description Queued; Location leads to it */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Image"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showImage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The image */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Image"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly deleteImage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly updateImage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/openstack-images-v2.1-json-patch": components["schemas"]["ImagePatch"];
                readonly "application/openstack-images-v2.0-json-patch": components["schemas"]["ImagePatch"];
            };
        };
        readonly responses: {
            /** @description The image */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Image"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly downloadImageData: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All of it; Content-MD5 is its md5 in hexadecimal */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/octet-stream": unknown;
                };
            };
            /** @description It has none yet */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The one range asked for, named in Content-Range */
            readonly 206: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/octet-stream": unknown;
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly uploadImageData: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/octet-stream": unknown;
            };
        };
        readonly responses: {
            /** @description The image is active */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly addImageTag: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
                readonly tag: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The image has the tag */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly removeImageTag: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
                readonly tag: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The image has it no more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly deactivateImage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Deactivated */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly reactivateImage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Active */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly listImageMembers: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All of them */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly members: readonly components["schemas"]["ImageMember"][];
                        readonly schema: string;
                    };
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly addImageMember: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly member: string;
                };
            };
        };
        readonly responses: {
            /** @description The member */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ImageMember"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showImageMember: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
                readonly member_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The member */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ImageMember"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly updateImageMember: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
                readonly member_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @enum {unknown} */
                    readonly status: "pending" | "accepted" | "rejected";
                    readonly member?: string;
                };
            };
        };
        readonly responses: {
            /** @description The member */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ImageMember"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly removeImageMember: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
                readonly member_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is none any more */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showImageMemberSchema: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["ImageJsonSchema"];
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showImageMembersSchema: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["ImageJsonSchema"];
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showImageSchema: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["ImageJsonSchema"];
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showImagesSchema: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["ImageJsonSchema"];
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly stageImageData: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/octet-stream": unknown;
            };
        };
        readonly responses: {
            /** @description The image is uploading until it is imported */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly importImage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly method: {
                        /** @enum {unknown} */
                        readonly name: "glance-direct" | "web-download";
                        readonly uri?: string;
                    };
                    readonly stores?: readonly string[];
                    readonly all_stores?: boolean;
                    readonly all_stores_must_succeed?: boolean;
                };
            };
        };
        readonly responses: {
            /** @description Under way */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly listTasksOfImage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All that are not forgotten yet */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly tasks: readonly components["schemas"]["ImageTask"][];
                    };
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showImportInfo: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Their names */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly "import-methods": {
                            readonly description: string;
                            /** @constant */
                            readonly type: "array";
                            readonly value: readonly ("glance-direct" | "web-download")[];
                        };
                    };
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly listImageStores: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The one store */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly stores: readonly {
                            readonly id: string;
                            readonly description?: string;
                            /** @constant */
                            readonly default: "true";
                        }[];
                    };
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly listImageStoresDetail: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The one store */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly stores: readonly {
                            readonly id: string;
                            /** @constant */
                            readonly type: "file";
                            readonly description?: string;
                            /** @constant */
                            readonly default: "true";
                            readonly weight: number;
                            readonly properties: {
                                readonly [key: string]: string;
                            };
                        }[];
                    };
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly listImageTasks: {
        readonly parameters: {
            readonly query?: {
                readonly type?: "api_image_import" | "import";
                readonly status?: "pending" | "processing" | "success" | "failure";
                readonly sort_key?: "created_at";
                readonly sort_dir?: "asc" | "desc";
                readonly limit?: number;
                readonly marker?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page, in short */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly tasks: readonly components["schemas"]["ImageTaskSummary"][];
                        readonly first: string;
                        readonly next?: string;
                        readonly schema: string;
                    };
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly createImageTask: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @enum {unknown} */
                    readonly type: "import";
                    readonly input: {
                        readonly import_from: string;
                        /** @description Of old clients; image_properties say it */
                        readonly import_from_format?: string;
                        readonly image_properties: components["schemas"]["NewImage"];
                    };
                };
            };
        };
        readonly responses: {
            /** @description Pending; Location leads to it */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ImageTask"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showImageTask: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly task_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The task */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ImageTask"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showTaskSchema: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["ImageJsonSchema"];
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showTasksSchema: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["ImageJsonSchema"];
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly listMetadefNamespaces: {
        readonly parameters: {
            readonly query?: {
                readonly visibility?: "public" | "private";
                /** @description Names with commas between them; for any of them */
                readonly resource_types?: string;
                readonly sort_key?: "namespace" | "created_at" | "updated_at";
                readonly sort_dir?: "asc" | "desc";
                readonly limit?: number;
                readonly marker?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefNamespaceList"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly createMetadefNamespace: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewMetadefNamespace"];
            };
        };
        readonly responses: {
            /** @description Made; Location leads to it */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefNamespace"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showMetadefNamespace: {
        readonly parameters: {
            readonly query?: {
                /** @description Properties are named as on this type of resource */
                readonly resource_type?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The namespace */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefNamespace"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly updateMetadefNamespace: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["MetadefNamespaceChange"];
            };
        };
        readonly responses: {
            /** @description The namespace */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefNamespace"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly deleteMetadefNamespace: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly listMetadefAssociations: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All of them */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefAssociationList"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly createMetadefAssociation: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewMetadefAssociation"];
            };
        };
        readonly responses: {
            /** @description The association */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefAssociation"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly deleteMetadefAssociation: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly listMetadefObjects: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All of them */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefObjectList"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly createMetadefObject: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewMetadefObject"];
            };
        };
        readonly responses: {
            /** @description Made; Location leads to it */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefObject"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly deleteMetadefObjects: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showMetadefObject: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefObject"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly updateMetadefObject: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewMetadefObject"];
            };
        };
        readonly responses: {
            /** @description It */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefObject"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly deleteMetadefObject: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly listMetadefProperties: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All of them */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefPropertyList"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly createMetadefProperty: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewMetadefProperty"];
            };
        };
        readonly responses: {
            /** @description Made; Location leads to it */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefProperty"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly deleteMetadefProperties: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showMetadefProperty: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefProperty"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly updateMetadefProperty: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewMetadefProperty"];
            };
        };
        readonly responses: {
            /** @description It */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefProperty"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly deleteMetadefProperty: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly listMetadefTags: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All of them */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefTagList"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly createMetadefTags: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewMetadefTags"];
            };
        };
        readonly responses: {
            /** @description These tags */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefTagList"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly deleteMetadefTags: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showMetadefTag: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefTag"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly updateMetadefTag: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["MetadefTagName"];
            };
        };
        readonly responses: {
            /** @description It */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefTag"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly createMetadefTag: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefTag"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly deleteMetadefTag: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly namespace: components["parameters"]["metadefNamespace"];
                readonly name: components["parameters"]["metadefName"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly listMetadefResourceTypes: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All of them */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadefResourceTypeList"];
                };
            };
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly showMetadefSchema: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly schema_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly 200: components["responses"]["ImageJsonSchema"];
            readonly default: components["responses"]["ImageFault"];
        };
    };
    readonly listComputeVersions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Versions */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly versions: readonly components["schemas"]["ComputeVersion"][];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showComputeVersion20: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The version */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ComputeVersionDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showComputeVersion21: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The version */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ComputeVersionDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listFlavors: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: components["parameters"]["limit"];
                readonly marker?: components["parameters"]["marker"];
                /** @description True, False or None (both); for admins only */
                readonly is_public?: string;
                readonly minRam?: number;
                readonly minDisk?: number;
                readonly sort_key?: components["parameters"]["flavorSortKey"];
                readonly sort_dir?: components["parameters"]["sortDir"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Flavors in short */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly flavors: readonly components["schemas"]["FlavorSummary"][];
                        readonly flavors_links?: components["schemas"]["Links"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createFlavor: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CreateFlavorRequest"];
            };
        };
        readonly responses: {
            /** @description The flavor */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["FlavorDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listFlavorsDetail: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: components["parameters"]["limit"];
                readonly marker?: components["parameters"]["marker"];
                /** @description True, False or None (both); for admins only */
                readonly is_public?: string;
                readonly minRam?: number;
                readonly minDisk?: number;
                readonly sort_key?: components["parameters"]["flavorSortKey"];
                readonly sort_dir?: components["parameters"]["sortDir"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Flavors */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly flavors: readonly components["schemas"]["Flavor"][];
                        readonly flavors_links?: components["schemas"]["Links"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showFlavor: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The flavor */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["FlavorDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateFlavor: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly flavor: {
                        readonly description: string | null;
                    };
                };
            };
        };
        readonly responses: {
            /** @description The flavor */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["FlavorDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteFlavor: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listFlavorExtraSpecs: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All extra specs */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly extra_specs: components["schemas"]["ExtraSpecs"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createFlavorExtraSpecs: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly extra_specs: components["schemas"]["ExtraSpecsRequest"];
                };
            };
        };
        readonly responses: {
            /** @description All extra specs */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly extra_specs: components["schemas"]["ExtraSpecs"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showFlavorExtraSpec: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
                readonly key: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The one extra spec */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ExtraSpecs"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateFlavorExtraSpec: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
                readonly key: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ExtraSpecsRequest"];
            };
        };
        readonly responses: {
            /** @description The one extra spec */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ExtraSpecs"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteFlavorExtraSpec: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
                readonly key: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listFlavorAccess: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The projects that may use it */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly flavor_access: components["schemas"]["FlavorAccess"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly addFlavorAccess: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly addTenantAccess: {
                        readonly tenant: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description The projects that may use it */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly flavor_access: components["schemas"]["FlavorAccess"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly removeFlavorAccess: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly flavor_id: components["parameters"]["flavorId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly removeTenantAccess: {
                        readonly tenant: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description The projects that may use it */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly flavor_access: components["schemas"]["FlavorAccess"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listServers: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: components["parameters"]["limit"];
                readonly marker?: components["parameters"]["marker"];
                readonly sort_key?: readonly components["schemas"]["ServerSortKey"][];
                readonly sort_dir?: readonly ("asc" | "desc")[];
                /** @description A regular expression, found anywhere in the name */
                readonly name?: string;
                readonly status?: readonly string[];
                readonly flavor?: string;
                readonly image?: string;
                readonly all_tenants?: string;
                readonly "changes-since"?: string;
                readonly "changes-before"?: string;
                readonly deleted?: string;
                readonly project_id?: string;
                readonly tenant_id?: string;
                readonly user_id?: string;
                readonly host?: string;
                readonly node?: string;
                readonly uuid?: string;
                readonly availability_zone?: string;
                readonly config_drive?: string;
                readonly key_name?: string;
                readonly vm_state?: string;
                readonly task_state?: string;
                readonly power_state?: string;
                readonly ip?: string;
                readonly ip6?: string;
                readonly reservation_id?: string;
                readonly locked?: string;
                readonly tags?: string;
                readonly "tags-any"?: string;
                readonly "not-tags"?: string;
                readonly "not-tags-any"?: string;
                readonly access_ip_v4?: string;
                readonly access_ip_v6?: string;
                readonly auto_disk_config?: string;
                readonly block_device_mapping?: string;
                readonly cleaned?: string;
                readonly created_at?: string;
                readonly description?: string;
                readonly disable_terminate?: string;
                readonly display_description?: string;
                readonly display_name?: string;
                readonly ephemeral_gb?: string;
                readonly fixed_ip?: string;
                readonly hidden?: string;
                readonly hostname?: string;
                readonly image_ref?: string;
                readonly info_cache?: string;
                readonly instance_type_id?: string;
                readonly kernel_id?: string;
                readonly launch_index?: string;
                readonly launched_at?: string;
                readonly locked_by?: string;
                readonly memory_mb?: string;
                readonly metadata?: string;
                readonly "not-tenant"?: string;
                readonly pci_devices?: string;
                readonly progress?: string;
                readonly ramdisk_id?: string;
                readonly root_device_name?: string;
                readonly root_gb?: string;
                readonly security_groups?: string;
                readonly services?: string;
                readonly soft_deleted?: string;
                readonly system_metadata?: string;
                readonly terminated_at?: string;
                readonly vcpus?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Servers in short */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly servers: readonly components["schemas"]["ServerSummary"][];
                        readonly servers_links?: components["schemas"]["Links"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CreateServerRequest"];
            };
        };
        readonly responses: {
            /** @description It is being built; poll its self link */
            readonly 202: {
                headers: {
                    readonly Location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CreatedServerDocument"] | components["schemas"]["CreatedReservation"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listServersDetail: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: components["parameters"]["limit"];
                readonly marker?: components["parameters"]["marker"];
                readonly sort_key?: readonly components["schemas"]["ServerSortKey"][];
                readonly sort_dir?: readonly ("asc" | "desc")[];
                /** @description A regular expression, found anywhere in the name */
                readonly name?: string;
                readonly status?: readonly string[];
                readonly flavor?: string;
                readonly image?: string;
                readonly all_tenants?: string;
                readonly "changes-since"?: string;
                readonly "changes-before"?: string;
                readonly deleted?: string;
                readonly project_id?: string;
                readonly tenant_id?: string;
                readonly user_id?: string;
                readonly host?: string;
                readonly node?: string;
                readonly uuid?: string;
                readonly availability_zone?: string;
                readonly config_drive?: string;
                readonly key_name?: string;
                readonly vm_state?: string;
                readonly task_state?: string;
                readonly power_state?: string;
                readonly ip?: string;
                readonly ip6?: string;
                readonly reservation_id?: string;
                readonly locked?: string;
                readonly tags?: string;
                readonly "tags-any"?: string;
                readonly "not-tags"?: string;
                readonly "not-tags-any"?: string;
                readonly access_ip_v4?: string;
                readonly access_ip_v6?: string;
                readonly auto_disk_config?: string;
                readonly block_device_mapping?: string;
                readonly cleaned?: string;
                readonly created_at?: string;
                readonly description?: string;
                readonly disable_terminate?: string;
                readonly display_description?: string;
                readonly display_name?: string;
                readonly ephemeral_gb?: string;
                readonly fixed_ip?: string;
                readonly hidden?: string;
                readonly hostname?: string;
                readonly image_ref?: string;
                readonly info_cache?: string;
                readonly instance_type_id?: string;
                readonly kernel_id?: string;
                readonly launch_index?: string;
                readonly launched_at?: string;
                readonly locked_by?: string;
                readonly memory_mb?: string;
                readonly metadata?: string;
                readonly "not-tenant"?: string;
                readonly pci_devices?: string;
                readonly progress?: string;
                readonly ramdisk_id?: string;
                readonly root_device_name?: string;
                readonly root_gb?: string;
                readonly security_groups?: string;
                readonly services?: string;
                readonly soft_deleted?: string;
                readonly system_metadata?: string;
                readonly terminated_at?: string;
                readonly vcpus?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Servers */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly servers: readonly components["schemas"]["Server"][];
                        readonly servers_links?: components["schemas"]["Links"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The server */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ServerDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["UpdateServerRequest"];
            };
        };
        readonly responses: {
            /** @description The server; before 2.75 with fewer keys than elsewhere */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["UpdatedServerDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is being deleted; poll until 404 */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly startServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly "os-start": unknown;
                };
            };
        };
        readonly responses: {
            /** @description Accepted */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly stopServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly "os-stop": unknown;
                };
            };
        };
        readonly responses: {
            /** @description Accepted */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly rebootServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly reboot: {
                        /** @enum {unknown} */
                        readonly type: "HARD" | "Hard" | "hard" | "SOFT" | "Soft" | "soft";
                    };
                };
            };
        };
        readonly responses: {
            /** @description Accepted */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly pauseServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly pause: unknown;
                };
            };
        };
        readonly responses: {
            /** @description Accepted */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly unpauseServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly unpause: unknown;
                };
            };
        };
        readonly responses: {
            /** @description Accepted */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly suspendServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly suspend: unknown;
                };
            };
        };
        readonly responses: {
            /** @description Accepted */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly resumeServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly resume: unknown;
                };
            };
        };
        readonly responses: {
            /** @description Accepted */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly getConsoleOutput: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly "os-getConsoleOutput": {
                        /** @description Lines from the end; null, or -1, is all that is kept */
                        readonly length?: number | string | null;
                    };
                };
            };
        };
        readonly responses: {
            /** @description What the guest wrote to its first serial port */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly output: string;
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly rebuildServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly rebuild: {
                        /** @description An id or a link ending in it */
                        readonly imageRef: string;
                        readonly name?: components["schemas"]["Name"];
                        readonly adminPass?: string;
                        readonly metadata?: components["schemas"]["Metadata"];
                        readonly preserve_ephemeral?: components["schemas"]["BooleanLike"];
                        readonly "OS-DCF:diskConfig"?: components["schemas"]["DiskConfig"];
                        readonly accessIPv4?: components["schemas"]["AccessIpV4"];
                        readonly accessIPv6?: components["schemas"]["AccessIpV6"];
                        readonly personality?: components["schemas"]["Personality"];
                        readonly description?: components["schemas"]["ServerDescription"];
                        readonly key_name?: string | null;
                        readonly user_data?: string | null;
                        readonly trusted_image_certificates?: readonly string[] | null;
                        readonly hostname?: components["schemas"]["Hostname"];
                    };
                };
            };
        };
        readonly responses: {
            /** @description It is being made anew, with its id and on its host; what was on its disks is gone */
            readonly 202: {
                headers: {
                    readonly Location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RebuiltServerDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly resizeServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly resize: {
                        /** @description An id or a link ending in it */
                        readonly flavorRef: string | number;
                        readonly "OS-DCF:diskConfig"?: components["schemas"]["DiskConfig"];
                    };
                };
            };
        };
        readonly responses: {
            /** @description It is resized on its host; then it waits to be confirmed or reverted */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createServerImage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly createImage: {
                        readonly name: components["schemas"]["Name"];
                        readonly metadata?: components["schemas"]["Metadata"];
                    };
                };
            };
        };
        readonly responses: {
            /** @description The image exists and gets its data later; Location leads to it */
            readonly 202: {
                headers: {
                    readonly Location?: string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createServerImage245: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly createImage: {
                        readonly name: components["schemas"]["Name"];
                        readonly metadata?: components["schemas"]["Metadata"];
                    };
                };
            };
        };
        readonly responses: {
            /** @description The image exists and gets its data later */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly image_id: string;
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createServerBackup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly createBackup: {
                        readonly name: components["schemas"]["Name"];
                        readonly backup_type: string;
                        /** @description How many of the type are kept */
                        readonly rotation: number | string;
                        readonly metadata?: components["schemas"]["Metadata"];
                    };
                };
            };
        };
        readonly responses: {
            /** @description The image exists and gets its data later; Location leads to it unless none is kept */
            readonly 202: {
                headers: {
                    readonly Location?: string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createServerBackup245: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly createBackup: {
                        readonly name: components["schemas"]["Name"];
                        readonly backup_type: string;
                        /** @description How many of the type are kept */
                        readonly rotation: number | string;
                        readonly metadata?: components["schemas"]["Metadata"];
                    };
                };
            };
        };
        readonly responses: {
            /** @description The image exists and gets its data later */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly image_id: string;
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly rescueServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly rescue: {
                        readonly adminPass?: string;
                        /** Format: uuid */
                        readonly rescue_image_ref?: string;
                    } | null;
                };
            };
        };
        readonly responses: {
            /** @description It is booted from another image, with its own disks behind it */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly adminPass: string;
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly unrescueServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly unrescue: unknown;
                };
            };
        };
        readonly responses: {
            /** @description It boots from its own disk again */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly changeServerPassword: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly changePassword: {
                        readonly adminPass: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description An agent within the guest sets it; 409 where the hypervisor reaches none */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly shelveServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly shelve: unknown;
                };
            };
        };
        readonly responses: {
            /** @description It is switched off and kept as an image */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly shelveOffloadServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly shelveOffload: unknown;
                };
            };
        };
        readonly responses: {
            /** @description It leaves its host */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly unshelveServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly unshelve: {
                        /** @description null from 2.91 on */
                        readonly availability_zone?: string | null;
                        /** @description For admins */
                        readonly host?: string;
                    } | null;
                };
            };
        };
        readonly responses: {
            /** @description It comes back from its image */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly confirmServerResize: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly confirmResize: unknown;
                };
            };
        };
        readonly responses: {
            /** @description The new flavor stays */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly revertServerResize: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly revertResize: unknown;
                };
            };
        };
        readonly responses: {
            /** @description It goes back to the flavor before; a disk that has grown stays grown */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly migrateServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly migrate: {
                        readonly host?: string | null;
                    } | null;
                };
            };
        };
        readonly responses: {
            /** @description It goes to another host, where it waits to be confirmed or reverted */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly evacuateServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly evacuate: {
                        readonly host?: string;
                        readonly adminPass?: string;
                        /** @description No storage is shared here */
                        readonly onSharedStorage?: boolean | string;
                        /** @description Hosts are judged all the same */
                        readonly force?: boolean | string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description It is made anew on another host */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly adminPass: string;
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly evacuateServer214: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly evacuate: {
                        readonly host?: string;
                        readonly adminPass?: string;
                        /** @description No storage is shared here */
                        readonly onSharedStorage?: boolean | string;
                        /** @description Hosts are judged all the same */
                        readonly force?: boolean | string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description It is made anew on another host */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly liveMigrateServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly "os-migrateLive": {
                        readonly host: string | null;
                        readonly block_migration: boolean | string;
                        readonly disk_over_commit: boolean | string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description It goes to another host while it runs */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly liveMigrateServer225: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly "os-migrateLive": {
                        readonly host: string | null;
                        readonly block_migration: boolean | string;
                        /** @description Hosts are judged all the same */
                        readonly force?: boolean | string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description It goes to another host while it runs */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly resetServerState: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly "os-resetState": {
                        /** @enum {unknown} */
                        readonly state: "active" | "error";
                    };
                };
            };
        };
        readonly responses: {
            /** @description It says so from now on */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly lockServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description From 2.73 on with a reason */
                    readonly lock: {
                        readonly locked_reason?: string;
                    } | null;
                };
            };
        };
        readonly responses: {
            /** @description Only admins may act on it from now on */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly unlockServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly unlock: unknown;
                };
            };
        };
        readonly responses: {
            /** @description Accepted */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly addServerSecurityGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly addSecurityGroup: {
                        /** @description Or an id */
                        readonly name: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description Accepted */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly removeServerSecurityGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly removeSecurityGroup: {
                        /** @description Or an id */
                        readonly name: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description Accepted */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listServerSecurityGroups: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description By name */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly security_groups: readonly components["schemas"]["SecurityGroup"][];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listServerAddresses: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description By network */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly addresses: components["schemas"]["Addresses"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showServerAddresses: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly network_label: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Those on one network */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Addresses"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly getVncConsole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly "os-getVNCConsole": {
                        /** @enum {unknown} */
                        readonly type: "novnc" | "xvpvnc";
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["OldConsole"];
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly getSpiceConsole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly "os-getSPICEConsole": {
                        /** @enum {unknown} */
                        readonly type: "spice-html5";
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["OldConsole"];
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly getRdpConsole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly "os-getRDPConsole": {
                        /** @enum {unknown} */
                        readonly type: "rdp-html5";
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["OldConsole"];
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly getSerialConsole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly "os-getSerialConsole": {
                        /** @enum {unknown} */
                        readonly type: "serial";
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["OldConsole"];
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createRemoteConsole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly remote_console: {
                        /** @enum {unknown} */
                        readonly protocol: "vnc" | "spice" | "rdp" | "serial";
                        /** @enum {unknown} */
                        readonly type: "novnc" | "xvpvnc" | "spice-html5" | "rdp-html5" | "serial";
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["RemoteConsole"];
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createRemoteConsole28: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly remote_console: {
                        /** @enum {unknown} */
                        readonly protocol: "vnc" | "spice" | "rdp" | "serial" | "mks";
                        /** @enum {unknown} */
                        readonly type: "novnc" | "xvpvnc" | "spice-html5" | "rdp-html5" | "serial" | "webmks";
                    };
                };
            };
        };
        readonly responses: {
            readonly 200: components["responses"]["RemoteConsole"];
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showConsoleAuthToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly console_token: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Where the token's console is to be had */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly console: {
                            readonly instance_uuid: string;
                            readonly host: string;
                            readonly port: number;
                            readonly internal_access_path: string;
                        };
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showServerDiagnostics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Figures of the hypervisor by names of its own */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly [key: string]: number;
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showServerDiagnostics248: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The same for every hypervisor; null is not known */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ServerDiagnostics"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly addServerFixedIp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly addFixedIp: {
                        readonly networkId: string | number;
                    };
                };
            };
        };
        readonly responses: {
            /** @description Never */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly removeServerFixedIp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly removeFixedIp: {
                        readonly address: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description Never */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly addServerFloatingIp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly addFloatingIp: {
                        readonly address: string;
                        readonly fixed_address?: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description Never */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly removeServerFloatingIp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly removeFloatingIp: {
                        readonly address: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description Never */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listVolumeAttachments: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: components["parameters"]["limit"];
                readonly offset?: number;
            };
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Volumes of the server */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly volumeAttachments: readonly Record<string, never>[];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly attachVolume: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly volumeAttachment: {
                        /** Format: uuid */
                        readonly volumeId: string;
                        readonly device?: string | null;
                        readonly tag?: components["schemas"]["ServerTag"];
                        readonly delete_on_termination?: components["schemas"]["BooleanLike"];
                    };
                };
            };
        };
        readonly responses: {
            /** @description Never */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showVolumeAttachment: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly volume_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Never */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateVolumeAttachment: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly volume_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Never */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly detachVolume: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly volume_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Never */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listServerInterfaces: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description In order */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly interfaceAttachments: readonly components["schemas"]["InterfaceAttachment"][];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showServerInterface: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly port_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The NIC */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly interfaceAttachment: components["schemas"]["InterfaceAttachment"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listServerGroups: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: components["parameters"]["limit"];
                readonly offset?: number;
                readonly all_projects?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description In the order of their making */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly server_groups: readonly components["schemas"]["ServerGroup"][];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createServerGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly server_group: {
                        readonly name: components["schemas"]["Name"];
                        readonly policies?: readonly (("affinity" | "anti-affinity") | ("soft-affinity" | "soft-anti-affinity"))[];
                        /** @enum {unknown} */
                        readonly policy?: "affinity" | "anti-affinity" | "soft-affinity" | "soft-anti-affinity";
                        readonly rules?: {
                            readonly max_server_per_host?: components["schemas"]["PositiveAmount"];
                        };
                    };
                };
            };
        };
        readonly responses: {
            /** @description The group */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly server_group: components["schemas"]["ServerGroup"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showServerGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_group_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly server_group: components["schemas"]["ServerGroup"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteServerGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_group_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone; its servers go on */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listComputeNetworks: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description By name */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly networks: readonly components["schemas"]["ComputeNetwork"][];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createComputeNetwork: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showComputeNetwork: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly network_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The network */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly network: components["schemas"]["ComputeNetwork"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteComputeNetwork: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly network_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listTenantNetworks: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description By name */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly networks: readonly components["schemas"]["TenantNetwork"][];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createTenantNetwork: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showTenantNetwork: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly network_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The network */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly network: components["schemas"]["TenantNetwork"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteTenantNetwork: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly network_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listSecurityGroups: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: components["parameters"]["limit"];
                readonly offset?: number;
                readonly all_tenants?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description By name */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly security_groups: readonly components["schemas"]["SecurityGroup"][];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createSecurityGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly security_group: {
                        readonly name: string;
                        readonly description?: string | null;
                    };
                };
            };
        };
        readonly responses: {
            /** @description The group */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly security_group: components["schemas"]["SecurityGroup"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showSecurityGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly security_group_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The group */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly security_group: components["schemas"]["SecurityGroup"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateSecurityGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly security_group_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly security_group: {
                        readonly name: string;
                        readonly description?: string | null;
                    };
                };
            };
        };
        readonly responses: {
            /** @description The group */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly security_group: components["schemas"]["SecurityGroup"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteSecurityGroup: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly security_group_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createSecurityGroupRule: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly security_group_rule: {
                        readonly parent_group_id: string | number;
                        readonly ip_protocol?: string | null;
                        readonly from_port?: number | string | null;
                        readonly to_port?: number | string | null;
                        readonly cidr?: string | null;
                        readonly group_id?: string | number | null;
                    };
                };
            };
        };
        readonly responses: {
            /** @description The rule */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly security_group_rule: components["schemas"]["SecurityGroupRule"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteSecurityGroupRule: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly security_group_rule_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listServerTags: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All of them */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly tags: readonly string[];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly replaceServerTags: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly tags: readonly components["schemas"]["ServerTag"][];
                };
            };
        };
        readonly responses: {
            /** @description All of them */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly tags: readonly string[];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteServerTags: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showServerTag: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly tag: components["schemas"]["ServerTag"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The server has it */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly addServerTag: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly tag: components["schemas"]["ServerTag"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It has it now */
            readonly 201: {
                headers: {
                    readonly Location?: string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It had it already */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteServerTag: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly tag: components["schemas"]["ServerTag"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listInstanceActions: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: number;
                /** @description A request id */
                readonly marker?: string;
                readonly "changes-since"?: string;
                readonly "changes-before"?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Its actions */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly instanceActions: readonly components["schemas"]["InstanceAction"][];
                        readonly links?: components["schemas"]["Links"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showInstanceAction: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly request_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What that request did to it */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly instanceAction: components["schemas"]["InstanceActionDetail"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listMigrations: {
        readonly parameters: {
            readonly query?: {
                /** @description Nothing is hidden here */
                readonly hidden?: string;
                /** @description Either side, by its name */
                readonly host?: string;
                readonly instance_uuid?: string;
                readonly source_compute?: string;
                readonly status?: string;
                readonly migration_type?: string;
                readonly limit?: number;
                /** @description A uuid */
                readonly marker?: string;
                readonly "changes-since"?: string;
                readonly "changes-before"?: string;
                readonly user_id?: string;
                readonly project_id?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Moves of servers, under way and past */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly migrations: readonly components["schemas"]["Migration"][];
                        readonly migrations_links?: components["schemas"]["Links"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listServerMigrations: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One at most */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly migrations: readonly components["schemas"]["ServerMigration"][];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showServerMigration: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly migration_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A live migration under way */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly migration: components["schemas"]["ServerMigration"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly abortServerMigration: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly migration_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The server stays where it is */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly forceServerMigration: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly migration_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly force_complete: null;
                };
            };
        };
        readonly responses: {
            /** @description It comes to an end, whatever the guest feels of it */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listServerMetadata: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All of it */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadataDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly replaceServerMetadata: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly metadata: components["schemas"]["Metadata"];
                };
            };
        };
        readonly responses: {
            /** @description All of it */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadataDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createServerMetadata: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly metadata: components["schemas"]["Metadata"];
                };
            };
        };
        readonly responses: {
            /** @description All of it */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadataDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showServerMetadataItem: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly key: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The one item */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadataItem"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateServerMetadataItem: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly key: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly meta: {
                        readonly [key: string]: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description The one item */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadataItem"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteServerMetadataItem: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly key: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listComputeImages: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: components["parameters"]["limit"];
                readonly marker?: components["parameters"]["marker"];
                readonly name?: string;
                readonly status?: string;
                /** @description A server's id or address: images made of it */
                readonly server?: string;
                /** @description The property image_type */
                readonly type?: string;
                readonly "changes-since"?: string;
                readonly minRam?: number;
                readonly minDisk?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Images in short */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly images: readonly components["schemas"]["ComputeImageSummary"][];
                        readonly images_links?: components["schemas"]["Links"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listComputeImagesDetail: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: components["parameters"]["limit"];
                readonly marker?: components["parameters"]["marker"];
                readonly name?: string;
                readonly status?: string;
                /** @description A server's id or address: images made of it */
                readonly server?: string;
                /** @description The property image_type */
                readonly type?: string;
                readonly "changes-since"?: string;
                readonly minRam?: number;
                readonly minDisk?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Images */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly images: readonly components["schemas"]["ComputeImage"][];
                        readonly images_links?: components["schemas"]["Links"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showComputeImage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The image */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly image: components["schemas"]["ComputeImage"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteComputeImage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listComputeImageMetadata: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All of it */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadataDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly replaceComputeImageMetadata: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly metadata: components["schemas"]["Metadata"];
                };
            };
        };
        readonly responses: {
            /** @description All of it */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadataDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createComputeImageMetadata: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly metadata: components["schemas"]["Metadata"];
                };
            };
        };
        readonly responses: {
            /** @description All of it */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadataDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showComputeImageMetadataItem: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
                readonly key: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The one item */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadataItem"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateComputeImageMetadataItem: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
                readonly key: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly meta: {
                        readonly [key: string]: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description The one item */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MetadataItem"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteComputeImageMetadataItem: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly image_id: components["parameters"]["image_id"];
                readonly key: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listKeypairs: {
        readonly parameters: {
            readonly query?: {
                /** @description Another user’s, for admins */
                readonly user_id?: string;
                readonly limit?: number;
                /** @description A name */
                readonly marker?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Key pairs by name */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly keypairs: readonly {
                            readonly keypair: components["schemas"]["KeypairSummary"];
                        }[];
                        readonly keypairs_links?: components["schemas"]["Links"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createKeypair: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly keypair: {
                        readonly name: string;
                        readonly public_key?: string;
                        /** @enum {unknown} */
                        readonly type?: "ssh" | "x509";
                        readonly user_id?: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description The key pair; 200 at 2.1, 201 from 2.2 on */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly keypair: components["schemas"]["CreatedKeypair"];
                    };
                };
            };
            /** @description The key pair; 200 at 2.1, 201 from 2.2 on */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly keypair: components["schemas"]["CreatedKeypair"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showKeypair: {
        readonly parameters: {
            readonly query?: {
                /** @description Another user’s, for admins */
                readonly user_id?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly keypair_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The key pair */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly keypair: components["schemas"]["Keypair"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteKeypair: {
        readonly parameters: {
            readonly query?: {
                /** @description Another user’s, for admins */
                readonly user_id?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly keypair_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone; at 2.1 */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Gone; from 2.2 on */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listAvailabilityZones: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Zones */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AvailabilityZones"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listAvailabilityZonesDetail: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Zones */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AvailabilityZones"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showLimits: {
        readonly parameters: {
            readonly query?: {
                /** @description Another project’s, for admins */
                readonly tenant_id?: string;
                readonly reserved?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Limits */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LimitsDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listTenantUsages: {
        readonly parameters: {
            readonly query?: {
                readonly start?: string;
                readonly end?: string;
                readonly detailed?: string;
                readonly limit?: number;
                readonly marker?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What was used in the period */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly tenant_usages: readonly components["schemas"]["TenantUsage"][];
                        readonly tenant_usages_links?: components["schemas"]["Links"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showTenantUsage: {
        readonly parameters: {
            readonly query?: {
                readonly start?: string;
                readonly end?: string;
                readonly limit?: number;
                readonly marker?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly project_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What was used in the period */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly tenant_usage: components["schemas"]["TenantUsage"] | Record<string, never>;
                        readonly tenant_usage_links?: components["schemas"]["Links"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listUsageAuditLogs: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description No host sends audits */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly instance_usage_audit_logs: components["schemas"]["UsageAuditLog"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showUsageAuditLog: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly before: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description No host sends audits */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly instance_usage_audit_log: components["schemas"]["UsageAuditLog"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showQuotaClassSet: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly class_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What a project may have when nobody said otherwise */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly quota_class_set: components["schemas"]["QuotaClassSet"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateQuotaClassSet: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly class_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["UpdateQuotaClassSetRequest"];
            };
        };
        readonly responses: {
            /** @description The limits from now on */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly quota_class_set: components["schemas"]["QuotaClassSet"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listGuestAgentBuilds: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createGuestAgentBuild: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateGuestAgentBuild: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly build_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteGuestAgentBuild: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly build_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listCells: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createCell: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listCellsDetail: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showCellInfo: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showCellCapacities: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly syncCellInstances: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showCell: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly cell_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateCell: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly cell_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteCell: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly cell_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showCapacitiesOfCell: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly cell_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createCertificate: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showCertificate: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly certificate_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listCloudpipes: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createCloudpipe: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly configureCloudpipe: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly pingServers: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly pingServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showFixedIp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly fixed_ip: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly reserveFixedIp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly fixed_ip: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listFloatingIpDomains: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateFloatingIpDomain: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly dns_domain: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteFloatingIpDomain: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly dns_domain: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showFloatingIpEntry: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly dns_domain: string;
                readonly dns_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateFloatingIpEntry: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly dns_domain: string;
                readonly dns_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteFloatingIpEntry: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly dns_domain: string;
                readonly dns_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listFloatingIpsInBulk: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createFloatingIpsInBulk: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteFloatingIpsInBulk: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listFloatingIpsOfHost: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly host_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listVirtualInterfaces: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listXvpConsoles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createXvpConsole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showXvpConsole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly console_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteXvpConsole: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
                readonly console_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listDefaultSecurityRules: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createDefaultSecurityRule: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showDefaultSecurityRule: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly default_rule_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteDefaultSecurityRule: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly default_rule_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly addComputeNetwork: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly actOnComputeNetwork: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly network_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listBareMetalNodes: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showBareMetalNode: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly node_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listFloatingIpPools: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listFloatingIps: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createFloatingIp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showFloatingIp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly floating_ip_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteFloatingIp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly floating_ip_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listComputeVolumes: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createComputeVolume: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listComputeVolumesDetail: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showComputeVolume: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly proxy_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteComputeVolume: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly proxy_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listComputeSnapshots: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createComputeSnapshot: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listComputeSnapshotsDetail: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showComputeSnapshot: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly proxy_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteComputeSnapshot: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly proxy_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createServerFromVolume: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createAssistedSnapshot: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteAssistedSnapshot: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly proxy_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listExtensions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What this face serves beside its core, in Nova’s words */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly extensions: readonly components["schemas"]["ComputeExtension"][];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showExtension: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly alias: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One of them */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly extension: components["schemas"]["ComputeExtension"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listComputeHosts: {
        readonly parameters: {
            readonly query?: {
                readonly zone?: string;
                readonly service?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Hosts by name */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly hosts: readonly {
                            readonly host_name: string;
                            readonly service: string;
                            readonly zone: string;
                        }[];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showComputeHost: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly host_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What it has, what is used of it, and by which projects */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly host: readonly {
                            readonly resource: {
                                readonly host: string;
                                readonly project: string;
                                readonly cpu: number;
                                readonly memory_mb: number;
                                readonly disk_gb: number;
                            };
                        }[];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateComputeHost: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly host_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly status?: string;
                    readonly maintenance_mode?: string;
                };
            };
        };
        readonly responses: {
            /** @description What it is now */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly host: string;
                        /** @enum {unknown} */
                        readonly status: "enabled" | "disabled";
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly startupComputeHost: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly host_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly shutdownComputeHost: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly host_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly rebootComputeHost: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly host_name: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly forceDeleteServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly forceDelete: unknown;
                };
            };
        };
        readonly responses: {
            /** @description It is being deleted */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly restoreServer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly restore: unknown;
                };
            };
        };
        readonly responses: {
            /** @description Never */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly triggerCrashDump: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly trigger_crash_dump: null;
                };
            };
        };
        readonly responses: {
            /** @description Never */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly resetServerNetwork: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly resetNetwork: unknown;
                };
            };
        };
        readonly responses: {
            /** @description Never */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly injectNetworkInfo: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly injectNetworkInfo: unknown;
                };
            };
        };
        readonly responses: {
            /** @description Never */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showServerPassword: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Empty where there is none */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly password: string;
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteServerPassword: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description There is none */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showServerTopology: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: components["parameters"]["serverId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description NUMA nodes of the guest */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly nodes: readonly unknown[];
                        readonly pagesize_kb: number | null;
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createServerExternalEvents: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly events: readonly {
                        /** @enum {unknown} */
                        readonly name: "network-changed" | "network-vif-plugged" | "network-vif-unplugged" | "network-vif-deleted";
                        /** Format: uuid */
                        readonly server_uuid: string;
                        /** @enum {unknown} */
                        readonly status?: "failed" | "completed" | "in-progress";
                        readonly tag?: string;
                    }[];
                };
            };
        };
        readonly responses: {
            /** @description What became of each */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly events: readonly {
                            readonly name: string;
                            readonly server_uuid: string;
                            readonly status: string;
                            readonly tag?: string;
                            readonly code: number;
                        }[];
                    };
                };
            };
            /** @description What became of each */
            readonly 207: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly events: readonly {
                            readonly name: string;
                            readonly server_uuid: string;
                            readonly status: string;
                            readonly tag?: string;
                            readonly code: number;
                        }[];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createServerExternalEvents251: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly events: readonly {
                        /** @enum {unknown} */
                        readonly name: "network-changed" | "network-vif-plugged" | "network-vif-unplugged" | "network-vif-deleted" | "volume-extended";
                        /** Format: uuid */
                        readonly server_uuid: string;
                        /** @enum {unknown} */
                        readonly status?: "failed" | "completed" | "in-progress";
                        readonly tag?: string;
                    }[];
                };
            };
        };
        readonly responses: {
            /** @description What became of each */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly events: readonly {
                            readonly name: string;
                            readonly server_uuid: string;
                            readonly status: string;
                            readonly tag?: string;
                            readonly code: number;
                        }[];
                    };
                };
            };
            /** @description What became of each */
            readonly 207: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly events: readonly {
                            readonly name: string;
                            readonly server_uuid: string;
                            readonly status: string;
                            readonly tag?: string;
                            readonly code: number;
                        }[];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createServerExternalEvents276: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly events: readonly {
                        /** @enum {unknown} */
                        readonly name: "network-changed" | "network-vif-plugged" | "network-vif-unplugged" | "network-vif-deleted" | "volume-extended" | "power-update";
                        /** Format: uuid */
                        readonly server_uuid: string;
                        /** @enum {unknown} */
                        readonly status?: "failed" | "completed" | "in-progress";
                        readonly tag?: string;
                    }[];
                };
            };
        };
        readonly responses: {
            /** @description What became of each */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly events: readonly {
                            readonly name: string;
                            readonly server_uuid: string;
                            readonly status: string;
                            readonly tag?: string;
                            readonly code: number;
                        }[];
                    };
                };
            };
            /** @description What became of each */
            readonly 207: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly events: readonly {
                            readonly name: string;
                            readonly server_uuid: string;
                            readonly status: string;
                            readonly tag?: string;
                            readonly code: number;
                        }[];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createServerExternalEvents282: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly events: readonly {
                        /** @enum {unknown} */
                        readonly name: "network-changed" | "network-vif-plugged" | "network-vif-unplugged" | "network-vif-deleted" | "volume-extended" | "power-update" | "accelerator-request-bound";
                        /** Format: uuid */
                        readonly server_uuid: string;
                        /** @enum {unknown} */
                        readonly status?: "failed" | "completed" | "in-progress";
                        readonly tag?: string;
                    }[];
                };
            };
        };
        readonly responses: {
            /** @description What became of each */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly events: readonly {
                            readonly name: string;
                            readonly server_uuid: string;
                            readonly status: string;
                            readonly tag?: string;
                            readonly code: number;
                        }[];
                    };
                };
            };
            /** @description What became of each */
            readonly 207: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly events: readonly {
                            readonly name: string;
                            readonly server_uuid: string;
                            readonly status: string;
                            readonly tag?: string;
                            readonly code: number;
                        }[];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createServerExternalEvents293: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly events: readonly {
                        /** @enum {unknown} */
                        readonly name: "network-changed" | "network-vif-plugged" | "network-vif-unplugged" | "network-vif-deleted" | "volume-extended" | "power-update" | "accelerator-request-bound" | "volume-reimaged";
                        /** Format: uuid */
                        readonly server_uuid: string;
                        /** @enum {unknown} */
                        readonly status?: "failed" | "completed" | "in-progress";
                        readonly tag?: string;
                    }[];
                };
            };
        };
        readonly responses: {
            /** @description What became of each */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly events: readonly {
                            readonly name: string;
                            readonly server_uuid: string;
                            readonly status: string;
                            readonly tag?: string;
                            readonly code: number;
                        }[];
                    };
                };
            };
            /** @description What became of each */
            readonly 207: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly events: readonly {
                            readonly name: string;
                            readonly server_uuid: string;
                            readonly status: string;
                            readonly tag?: string;
                            readonly code: number;
                        }[];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listAggregates: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description By id */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly aggregates: readonly components["schemas"]["Aggregate"][];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly createAggregate: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly aggregate: {
                        readonly name: components["schemas"]["Name"];
                        readonly availability_zone?: components["schemas"]["ZoneName"] | null;
                    };
                };
            };
        };
        readonly responses: {
            /** @description Empty */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly aggregate: components["schemas"]["NewAggregate"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showAggregate: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly aggregate_id: components["parameters"]["aggregateId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The aggregate */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly aggregate: components["schemas"]["Aggregate"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateAggregate: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly aggregate_id: components["parameters"]["aggregateId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly aggregate: {
                        readonly name?: components["schemas"]["Name"];
                        readonly availability_zone?: components["schemas"]["ZoneName"];
                    };
                };
            };
        };
        readonly responses: {
            /** @description The aggregate */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly aggregate: components["schemas"]["Aggregate"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteAggregate: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly aggregate_id: components["parameters"]["aggregateId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly cacheAggregateImages: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly aggregate_id: components["parameters"]["aggregateId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly cache: readonly {
                        /** Format: uuid */
                        readonly id: string;
                    }[];
                };
            };
        };
        readonly responses: {
            /** @description Never */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly addAggregateHost: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly aggregate_id: components["parameters"]["aggregateId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly add_host: {
                        readonly host: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description The aggregate */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly aggregate: components["schemas"]["Aggregate"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly removeAggregateHost: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly aggregate_id: components["parameters"]["aggregateId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly remove_host: {
                        readonly host: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description The aggregate */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly aggregate: components["schemas"]["Aggregate"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly setAggregateMetadata: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly aggregate_id: components["parameters"]["aggregateId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly set_metadata: {
                        readonly metadata: {
                            readonly [key: string]: string | null;
                        };
                    };
                };
            };
        };
        readonly responses: {
            /** @description The aggregate */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly aggregate: components["schemas"]["Aggregate"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showQuotaSet: {
        readonly parameters: {
            readonly query?: {
                /** @description A user within the project; it has the project’s limits where it has none of its own */
                readonly user_id?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly project_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Limits */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly quota_set: components["schemas"]["ProjectQuotaSet"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateQuotaSet: {
        readonly parameters: {
            readonly query?: {
                /** @description A user within the project; it has the project’s limits where it has none of its own */
                readonly user_id?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly project_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["UpdateQuotaSetRequest"];
            };
        };
        readonly responses: {
            /** @description The limits from now on */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly quota_set: components["schemas"]["QuotaSet"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteQuotaSet: {
        readonly parameters: {
            readonly query?: {
                /** @description A user within the project; it has the project’s limits where it has none of its own */
                readonly user_id?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly project_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Done */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showDefaultQuotaSet: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly project_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Limits */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly quota_set: components["schemas"]["ProjectQuotaSet"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showQuotaSetDetail: {
        readonly parameters: {
            readonly query?: {
                /** @description A user within the project; it has the project’s limits where it has none of its own */
                readonly user_id?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly project_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Limits and use */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly quota_set: components["schemas"]["QuotaSetDetail"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listHypervisors: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: components["parameters"]["limitFrom233"];
                readonly marker?: components["parameters"]["markerFrom233"];
                readonly hypervisor_hostname_pattern?: string;
                readonly with_servers?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Hypervisors in short */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly hypervisors: readonly components["schemas"]["HypervisorSummary"][];
                        readonly hypervisors_links?: components["schemas"]["Links"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listHypervisorsDetail: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: components["parameters"]["limitFrom233"];
                readonly marker?: components["parameters"]["markerFrom233"];
                readonly hypervisor_hostname_pattern?: string;
                readonly with_servers?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Hypervisors */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly hypervisors: readonly components["schemas"]["Hypervisor"][];
                        readonly hypervisors_links?: components["schemas"]["Links"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showHypervisorStatistics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Sums over the enabled hypervisors */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["HypervisorStatisticsDocument"];
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showHypervisor: {
        readonly parameters: {
            readonly query?: {
                readonly with_servers?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly hypervisor_id: components["parameters"]["hypervisorId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The hypervisor */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly hypervisor: components["schemas"]["Hypervisor"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly showHypervisorUptime: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly hypervisor_id: components["parameters"]["hypervisorId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Since when it is on; 501 where its driver does not tell, 400 while it is down */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly hypervisor: {
                            readonly id: components["schemas"]["IdByMicroversion253"];
                            readonly hypervisor_hostname: string;
                            /** @enum {unknown} */
                            readonly state: "up" | "down";
                            /** @enum {unknown} */
                            readonly status: "enabled" | "disabled";
                            readonly uptime: string;
                        };
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly searchHypervisors: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly hypervisor_id: components["parameters"]["hypervisorId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description By name */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly hypervisors: readonly components["schemas"]["HypervisorSummary"][];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listHypervisorServers: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly hypervisor_id: components["parameters"]["hypervisorId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description By name */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly hypervisors: readonly components["schemas"]["HypervisorWithServers"][];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listServices: {
        readonly parameters: {
            readonly query?: {
                readonly host?: string;
                readonly binary?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One nova-compute service for each host */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly services: readonly components["schemas"]["ComputeService"][];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly enableService: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly host: string;
                    readonly binary: string;
                };
            };
        };
        readonly responses: {
            /** @description What it is now */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly service: {
                            readonly host: string;
                            readonly binary: string;
                            /** @enum {unknown} */
                            readonly status: "enabled" | "disabled";
                            readonly disabled_reason?: string;
                            readonly forced_down?: boolean;
                        };
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly disableService: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly host: string;
                    readonly binary: string;
                };
            };
        };
        readonly responses: {
            /** @description What it is now */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly service: {
                            readonly host: string;
                            readonly binary: string;
                            /** @enum {unknown} */
                            readonly status: "enabled" | "disabled";
                            readonly disabled_reason?: string;
                            readonly forced_down?: boolean;
                        };
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly disableServiceWithReason: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly host: string;
                    readonly binary: string;
                    readonly disabled_reason: string;
                };
            };
        };
        readonly responses: {
            /** @description What it is now */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly service: {
                            readonly host: string;
                            readonly binary: string;
                            /** @enum {unknown} */
                            readonly status: "enabled" | "disabled";
                            readonly disabled_reason: string;
                            readonly forced_down?: boolean;
                        };
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly forceServiceDown: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly host: string;
                    readonly binary: string;
                    readonly forced_down?: components["schemas"]["BooleanLike"];
                };
            };
        };
        readonly responses: {
            /** @description What it is now */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly service: {
                            readonly host: string;
                            readonly binary: string;
                            /** @enum {unknown} */
                            readonly status?: "enabled" | "disabled";
                            readonly disabled_reason?: string;
                            readonly forced_down: boolean;
                        };
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly updateService: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly compute_service_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @enum {unknown} */
                    readonly status?: "enabled" | "disabled";
                    readonly disabled_reason?: string;
                    readonly forced_down?: components["schemas"]["BooleanLike"];
                };
            };
        };
        readonly responses: {
            /** @description The service */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly service: components["schemas"]["ComputeService"];
                    };
                };
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly deleteService: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly compute_service_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Forgotten, with its host; 409 while it is up or has servers */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ComputeFault"];
        };
    };
    readonly listOperations: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: number;
                /** @description The id of the last operation of the page before */
                readonly marker?: string;
                readonly instance_id?: string;
                readonly status?: components["schemas"]["OperationStatus"];
                readonly all_projects?: "true" | "false";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Operations without their steps */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly operations: readonly components["schemas"]["Operation"][];
                        readonly next_marker: string | null;
                    };
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly showOperation: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly operation_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The operation */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly operation: components["schemas"]["OperationDetail"];
                    };
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly cancelOperation: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly operation_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Asked; show the operation to see how it ends */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly listAllowedActions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Every action of the state table */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly allowed_actions: readonly {
                            readonly action: string;
                            readonly allowed: boolean;
                            /** @description Why not */
                            readonly reason: string | null;
                        }[];
                    };
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly takeScreenshot: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly server_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description At most 8 MiB */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/png": unknown;
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly explain: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ExplainRequest"];
            };
        };
        readonly responses: {
            /** @description The decision that a real request would meet, with its reasons */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly explanation: components["schemas"]["Explanation"];
                    };
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly listHosts: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Hosts by name */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly hosts: readonly components["schemas"]["Host"][];
                    };
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly testHost: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly host_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Asked; the list of hosts shows how it ends */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly drainHost: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly host_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Also move servers that run on a hypervisor without live migration: they are off meanwhile. False when left out */
                    readonly cold?: boolean;
                };
            };
        };
        readonly responses: {
            /** @description Begun, one operation for each server that moves; ask again for what is left. 409 when the host is down */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly drain: components["schemas"]["HostDrain"];
                    };
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly listAgents: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Agents by name */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly agents: readonly components["schemas"]["Agent"][];
                    };
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly enrolAgent: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly agent: {
                        readonly name: string;
                        readonly enrolment_secret: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description Enrolled */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly agent: {
                            readonly id: string;
                            readonly name: string;
                            /** @description For X-Auth-Token, where x-policy is `agent` */
                            readonly token: string;
                            readonly bus: components["schemas"]["BusAccount"];
                        };
                    };
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly removeAgent: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly agent_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Removed */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly openConsole: {
        readonly parameters: {
            readonly query: {
                /** @description As the console’s URL has it */
                readonly token: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description From here on the bytes of the console */
            readonly 101: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly bringConsole: {
        readonly parameters: {
            readonly query: {
                /** @description As the agent was told it */
                readonly key: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description From here on the bytes of the console */
            readonly 101: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly renewBusAccount: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The account; passwords told before are good no more */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly bus: components["schemas"]["BusAccount"];
                    };
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly createImageAddress: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly image_id: string;
                };
            };
        };
        readonly responses: {
            /** @description The address */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly address: {
                            /** @description With its query; at the address under which the agent reaches this service */
                            readonly path: string;
                            readonly expires_at: components["schemas"]["MillisecondTimestamp"];
                        };
                    };
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly createImageUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly image_id: string;
                };
            };
        };
        readonly responses: {
            /** @description The address */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @description null when the image has its data already */
                        readonly upload: null | {
                            /** @description With its query, to which the agent adds disk_format */
                            readonly path: string;
                            readonly expires_at: components["schemas"]["MillisecondTimestamp"];
                        };
                    };
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly downloadByAddress: {
        readonly parameters: {
            readonly query: {
                readonly key: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The whole image */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/octet-stream": unknown;
                };
            };
            /** @description The part that Range named */
            readonly 206: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/octet-stream": unknown;
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
    readonly uploadByAddress: {
        readonly parameters: {
            readonly query: {
                readonly key: string;
                readonly disk_format: "raw" | "qcow2" | "vmdk" | "vhd" | "vhdx" | "vdi" | "iso";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/octet-stream": unknown;
            };
        };
        readonly responses: {
            /** @description All of it is there; the sender compares the hash with its own */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly image: {
                            readonly id: string;
                            readonly size: number;
                            readonly sha256: string;
                        };
                    };
                };
            };
            readonly default: components["responses"]["PolyvisorFault"];
        };
    };
}
