/**
 * A domain's own configuration, as Keystone knows it: groups of options. Polyvisor keeps and shows it for clients and
 * tools; none of it has an effect here, since all users live in the database and lists have no limit.
 */
export type ConfigValue = string | number | boolean | null | readonly string[]
/** By group, then option. */
export type DomainConfig = Readonly<Record<string, Readonly<Record<string, ConfigValue>>>>

/** All options, those of a group, or one. */
export interface OptionPlace {
  readonly domainId: string
  readonly group?: string
  readonly option?: string
}

/** Kept encrypted, and never shown. */
export const secretOptions: Readonly<Record<string, readonly string[]>> = { ldap: ['password'] }

/** The options that may be kept, with Keystone's defaults. */
export const defaultDomainConfig: DomainConfig = {
  identity: { driver: 'sql', list_limit: null },
  ldap: {
    url: 'ldap://localhost',
    user: null,
    suffix: 'cn=example,cn=com',
    query_scope: 'one',
    page_size: 0,
    alias_dereferencing: 'default',
    debug_level: null,
    chase_referrals: null,
    user_tree_dn: null,
    user_filter: null,
    user_objectclass: 'inetOrgPerson',
    user_id_attribute: 'cn',
    user_name_attribute: 'sn',
    user_description_attribute: 'description',
    user_mail_attribute: 'mail',
    user_pass_attribute: 'userPassword',
    user_enabled_attribute: 'enabled',
    user_enabled_invert: false,
    user_enabled_mask: 0,
    user_enabled_default: 'True',
    user_attribute_ignore: ['default_project_id'],
    user_default_project_id_attribute: null,
    user_enabled_emulation: false,
    user_enabled_emulation_dn: null,
    user_enabled_emulation_use_group_config: false,
    user_additional_attribute_mapping: [],
    group_tree_dn: null,
    group_filter: null,
    group_objectclass: 'groupOfNames',
    group_id_attribute: 'cn',
    group_name_attribute: 'ou',
    group_members_are_ids: false,
    group_member_attribute: 'member',
    group_desc_attribute: 'description',
    group_attribute_ignore: [],
    group_additional_attribute_mapping: [],
    group_ad_nesting: false,
    tls_cacertfile: null,
    tls_cacertdir: null,
    use_tls: false,
    tls_req_cert: 'demand',
    connection_timeout: -1,
    use_pool: true,
    pool_size: 10,
    pool_retry_max: 3,
    pool_retry_delay: 0.1,
    pool_connection_timeout: -1,
    pool_connection_lifetime: 600,
    use_auth_pool: true,
    auth_pool_size: 100,
    auth_pool_connection_lifetime: 60,
  },
}
