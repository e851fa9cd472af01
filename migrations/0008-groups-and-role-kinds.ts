// compatible: groups; roles of groups, on the system, inherited, implied, of one domain; projects within projects, with tags.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('groups', (table) => {
    table.string('id', 64).primary()
    table.string('domain_id', 64).notNullable().references('domains.id').onDelete('CASCADE')
    table.string('name', 255).notNullable()
    table.text('description').notNullable().defaultTo('')
    table.unique(['domain_id', 'name'])
  })
  await db.schema.createTable('group_members', (table) => {
    table.string('group_id', 64).notNullable().references('groups.id').onDelete('CASCADE')
    table.string('user_id', 64).notNullable().references('users.id').onDelete('CASCADE').index()
    table.primary(['group_id', 'user_id'])
  })
  await db.schema.createTable('project_tags', (table) => {
    table.string('project_id', 64).notNullable().references('projects.id').onDelete('CASCADE')
    table.string('name', 255).notNullable()
    table.primary(['project_id', 'name'])
  })
  for (const name of ['domains', 'projects', 'roles']) {
    await db.schema.alterTable(name, (table) => {
      table.boolean('immutable').notNullable().defaultTo(false)
    })
  }
  await db.schema.alterTable('users', (table) => {
    // What the service gives no meaning to, and hands out again as it came.
    table.text('extra').notNullable().defaultTo('{}')
    table.text('options').notNullable().defaultTo('{}')
  })
  await db.schema.alterTable('tokens', (table) => {
    table.boolean('system').notNullable().defaultTo(false)
  })
  await makeRolesOfDomains(db)
  await widenAssignments(db)
}

/** A role of a domain has a name that is its own there only. */
async function makeRolesOfDomains(db: Knex): Promise<void> {
  // In plain SQL: knex would copy SQLite's whole table for a foreign key.
  await db.raw('alter table roles add column domain_id varchar(64) references domains (id) on delete cascade')
  await db.schema.alterTable('roles', (table) => {
    table.dropUnique(['name'])
  })
  await db.raw('create unique index roles_global_name_unique on roles (name) where domain_id is null')
  await db.raw('create unique index roles_domain_name_unique on roles (domain_id, name) where domain_id is not null')
  await db.schema.createTable('implied_roles', (table) => {
    table.string('prior_role_id', 64).notNullable().references('roles.id').onDelete('CASCADE')
    table.string('implied_role_id', 64).notNullable().references('roles.id').onDelete('CASCADE')
    table.primary(['prior_role_id', 'implied_role_id'])
  })
}

/**
 * Who holds it: a user or a group. Where: exactly one of five. Inherited roles have columns of their own, so that a
 * process that does not know them takes none of them for a role on the very project or domain.
 */
const holders = ['user_id', 'group_id'] as const
const targets = ['project_id', 'domain_id', 'inherited_project_id', 'inherited_domain_id'] as const

async function widenAssignments(db: Knex): Promise<void> {
  if (isPostgres(db)) {
    await db.schema.alterTable('role_assignments', addNewColumns)
    await db.raw('alter table role_assignments alter column user_id drop not null')
  } else {
    // SQLite takes a NOT NULL back only with the whole table.
    await db.schema.renameTable('role_assignments', 'role_assignments_before')
    await db.raw('drop index role_assignments_project_id_unique')
    await db.raw('drop index role_assignments_domain_id_unique')
    await db.schema.createTable('role_assignments', (table) => {
      table.string('user_id', 64).references('users.id').onDelete('CASCADE')
      table.string('role_id', 64).notNullable().references('roles.id').onDelete('CASCADE')
      table.string('project_id', 64).references('projects.id').onDelete('CASCADE')
      table.string('domain_id', 64).references('domains.id').onDelete('CASCADE')
      addNewColumns(table)
    })
    await db.raw(`insert into role_assignments (user_id, role_id, project_id, domain_id)
                  select user_id, role_id, project_id, domain_id from role_assignments_before`)
    await db.schema.dropTable('role_assignments_before')
    for (const scope of ['project_id', 'domain_id']) await indexUsersOn(db, scope)
  }
  const columns = [...holders, ...targets].map((name) => `coalesce(${name}, '')`)
  await db.raw(`create unique index role_assignments_unique on role_assignments (role_id, ${columns.join(', ')})`)
}

function addNewColumns(table: Knex.CreateTableBuilder): void {
  table.string('group_id', 64).references('groups.id').onDelete('CASCADE').index()
  table.string('inherited_project_id', 64).references('projects.id').onDelete('CASCADE')
  table.string('inherited_domain_id', 64).references('domains.id').onDelete('CASCADE')
  table.boolean('on_system').notNullable().defaultTo(false)
  table.index(['user_id'])
}

async function indexUsersOn(db: Knex, scope: string): Promise<void> {
  await db.raw('create unique index ?? on role_assignments (user_id, role_id, ??) where ?? is not null', [
    `role_assignments_${scope}_unique`,
    scope,
    scope,
  ])
}

function isPostgres(db: Knex): boolean {
  return (db.client as { dialect: string }).dialect === 'postgresql'
}

export async function down(): Promise<void> {
  throw new Error('there is no way back from 0007: restore the backup that was made before')
}
