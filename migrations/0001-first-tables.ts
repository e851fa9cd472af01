// compatible: the first tables.
// Times are integer milliseconds since the epoch (bigint), JSON is text, booleans are booleans; runs on SQLite and PostgreSQL.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await createIdentityTables(db)
  await createImageTables(db)
  await createHostTables(db)
  await createInstanceTables(db)
  await createOperationTables(db)
}

export async function down(db: Knex): Promise<void> {
  const tables = [
    'outbox',
    'commands',
    'operation_steps',
    'operations',
    'allocations',
    'vms',
    'instances',
    'hosts',
    'agents',
    'flavors',
    'images',
    'tokens',
    'role_assignments',
    'roles',
    'users',
    'projects',
    'domains',
  ]
  for (const table of tables) await db.schema.dropTableIfExists(table)
}

async function createIdentityTables(db: Knex): Promise<void> {
  await db.schema.createTable('domains', (table) => {
    table.string('id', 64).primary()
    table.string('name', 255).notNullable().unique()
    table.text('description').notNullable().defaultTo('')
    table.boolean('enabled').notNullable().defaultTo(true)
  })
  await db.schema.createTable('projects', (table) => {
    table.string('id', 64).primary()
    table.string('domain_id', 64).notNullable().references('domains.id')
    table.string('parent_id', 64)
    table.string('name', 255).notNullable()
    table.text('description').notNullable().defaultTo('')
    table.boolean('enabled').notNullable().defaultTo(true)
    table.bigInteger('created_at').notNullable()
    table.unique(['domain_id', 'name'])
  })
  await db.schema.createTable('users', (table) => {
    table.string('id', 64).primary()
    table.string('domain_id', 64).notNullable().references('domains.id')
    table.string('name', 255).notNullable()
    table.text('description')
    table.string('email', 255)
    table.string('default_project_id', 64)
    table.text('password_hash')
    table.bigInteger('password_changed_at')
    table.boolean('enabled').notNullable().defaultTo(true)
    table.bigInteger('created_at').notNullable()
    table.unique(['domain_id', 'name'])
  })
  await db.schema.createTable('roles', (table) => {
    table.string('id', 64).primary()
    table.string('name', 255).notNullable().unique()
    table.text('description')
  })
  await db.schema.createTable('role_assignments', (table) => {
    table.string('user_id', 64).notNullable().references('users.id').onDelete('CASCADE')
    table.string('role_id', 64).notNullable().references('roles.id').onDelete('CASCADE')
    // Exactly one of the two is set: a role on a project or on a domain.
    table.string('project_id', 64).references('projects.id').onDelete('CASCADE')
    table.string('domain_id', 64).references('domains.id').onDelete('CASCADE')
  })
  // Two indexes, each over what is set: nulls are never equal to each other, so one over all four columns forbids nothing.
  for (const scope of ['project_id', 'domain_id']) {
    await db.raw('create unique index ?? on ?? (??, ??, ??) where ?? is not null', [
      `role_assignments_${scope}_unique`,
      'role_assignments',
      'user_id',
      'role_id',
      scope,
      scope,
    ])
  }
  await db.schema.createTable('tokens', (table) => {
    // sha256 of the token: a copy of the database opens no door.
    table.string('token_hash', 64).primary()
    table.string('user_id', 64).notNullable().references('users.id').onDelete('CASCADE')
    table.string('project_id', 64).references('projects.id').onDelete('CASCADE')
    table.string('domain_id', 64).references('domains.id').onDelete('CASCADE')
    table.text('methods').notNullable()
    table.string('audit_id', 64).notNullable()
    // Of the login that a re-scoped token goes back to.
    table.string('parent_audit_id', 64)
    table.bigInteger('issued_at').notNullable()
    table.bigInteger('expires_at').notNullable().index()
    table.bigInteger('revoked_at')
  })
}

async function createImageTables(db: Knex): Promise<void> {
  await db.schema.createTable('images', (table) => {
    table.string('id', 36).primary()
    table.string('name', 255)
    table.string('owner_project_id', 64).notNullable().index()
    table.string('status', 32).notNullable()
    table.string('visibility', 32).notNullable()
    table.string('container_format', 32)
    table.string('disk_format', 32)
    table.boolean('protected').notNullable().defaultTo(false)
    table.boolean('hidden').notNullable().defaultTo(false)
    table.integer('min_disk_gb').notNullable().defaultTo(0)
    table.integer('min_memory_mb').notNullable().defaultTo(0)
    table.bigInteger('size_bytes')
    table.bigInteger('virtual_size_bytes')
    table.string('md5', 32)
    table.string('sha256', 64)
    table.string('sha512', 128)
    table.text('properties').notNullable().defaultTo('{}')
    table.text('tags').notNullable().defaultTo('[]')
    // Why the last upload failed, in words for the owner.
    table.text('fault')
    table.bigInteger('created_at').notNullable()
    table.bigInteger('updated_at').notNullable()
  })
  await db.schema.createTable('flavors', (table) => {
    table.string('id', 255).primary()
    table.string('name', 255).notNullable().unique()
    table.integer('vcpus').notNullable()
    table.integer('memory_mb').notNullable()
    table.integer('disk_gb').notNullable()
    table.integer('ephemeral_gb').notNullable().defaultTo(0)
    table.integer('swap_mb').notNullable().defaultTo(0)
    table.float('rxtx_factor').notNullable().defaultTo(1)
    table.boolean('public').notNullable().defaultTo(true)
    table.boolean('disabled').notNullable().defaultTo(false)
    table.text('description')
    table.text('extra_specs').notNullable().defaultTo('{}')
    table.bigInteger('created_at').notNullable()
  })
}

async function createHostTables(db: Knex): Promise<void> {
  await db.schema.createTable('agents', (table) => {
    table.string('id', 36).primary()
    table.string('name', 255).notNullable()
    // Raised at every start of the agent: what an older incarnation still says is ignored.
    table.integer('incarnation').notNullable()
    table.bigInteger('last_seen_at').notNullable()
    table.bigInteger('created_at').notNullable()
  })
  await db.schema.createTable('hosts', (table) => {
    table.string('id', 36).primary()
    table.string('agent_id', 36).notNullable().references('agents.id')
    table.string('driver_id', 64).notNullable()
    table.string('name', 255).notNullable()
    table.string('hypervisor_type', 64).notNullable()
    table.string('hypervisor_version', 64).notNullable().defaultTo('')
    table.boolean('up').notNullable()
    table.boolean('healthy').notNullable()
    table.text('health_message').notNullable().defaultTo('')
    table.boolean('enabled').notNullable().defaultTo(true)
    table.text('disabled_reason')
    table.integer('vcpus').notNullable()
    table.integer('memory_mb').notNullable()
    table.integer('disk_gb').notNullable()
    table.float('vcpu_ratio').notNullable()
    table.float('memory_ratio').notNullable()
    table.float('disk_ratio').notNullable()
    table.integer('reserved_memory_mb').notNullable().defaultTo(0)
    table.integer('reserved_disk_gb').notNullable().defaultTo(0)
    // Sums of this host's allocations, changed in the same transaction as they.
    table.integer('used_vcpus').notNullable().defaultTo(0)
    table.integer('used_memory_mb').notNullable().defaultTo(0)
    table.integer('used_disk_gb').notNullable().defaultTo(0)
    table.integer('instance_count').notNullable().defaultTo(0)
    table.text('traits').notNullable().defaultTo('[]')
    table.text('capabilities').notNullable().defaultTo('{}')
    table.bigInteger('last_seen_at').notNullable()
    table.bigInteger('created_at').notNullable()
    // Also when an allocation changes the used amounts: schedulers read what changed since they last looked.
    table.bigInteger('updated_at').notNullable().index()
  })
}

async function createInstanceTables(db: Knex): Promise<void> {
  await db.schema.createTable('instances', (table) => {
    table.string('id', 36).primary()
    table.string('project_id', 64).notNullable()
    table.string('user_id', 64).notNullable()
    table.string('name', 255).notNullable()
    table.text('description')
    // The flavor as it was when asked for: a later change of the flavor changes no instance.
    table.text('flavor').notNullable()
    table.string('image_id', 36)
    table.text('image_properties').notNullable().defaultTo('{}')
    table.string('host_id', 36).index()
    table.string('vm_state', 32).notNullable()
    table.string('task_state', 32)
    // The operation that works on it now; null when nothing does. Set and cleared by compare-and-set.
    table.string('operation_id', 36)
    table.text('fault')
    table.string('key_name', 255)
    table.text('metadata').notNullable().defaultTo('{}')
    // What the tenant may set and only the API reads: tags, host name, access addresses, disk configuration.
    table.text('attributes').notNullable().defaultTo('{}')
    table.text('user_data')
    table.boolean('config_drive').notNullable().defaultTo(false)
    table.string('availability_zone', 255)
    table.bigInteger('created_at').notNullable()
    table.bigInteger('updated_at').notNullable()
    table.bigInteger('launched_at')
    table.bigInteger('terminated_at')
    table.bigInteger('deleted_at')
    table.index(['project_id', 'deleted_at', 'created_at', 'id'])
    table.index(['deleted_at', 'created_at', 'id'])
  })
  // One row per instance and host: during a move two hosts may speak of one instance.
  await db.schema.createTable('vms', (table) => {
    table.string('instance_id', 36).notNullable()
    table.string('host_id', 36).notNullable()
    table.string('power_state', 32).notNullable()
    table.text('handle')
    table.bigInteger('generation').notNullable()
    table.bigInteger('observed_at').notNullable()
    table.primary(['instance_id', 'host_id'])
    table.index(['host_id'])
  })
  await db.schema.createTable('allocations', (table) => {
    table.string('instance_id', 36).notNullable()
    table.string('host_id', 36).notNullable().references('hosts.id')
    table.integer('vcpus').notNullable()
    table.integer('memory_mb').notNullable()
    table.integer('disk_gb').notNullable()
    table.string('operation_id', 36).notNullable()
    table.bigInteger('created_at').notNullable()
    table.primary(['instance_id', 'host_id'])
    table.index(['host_id'])
  })
}

async function createOperationTables(db: Knex): Promise<void> {
  await db.schema.createTable('operations', (table) => {
    table.string('id', 36).primary()
    table.string('kind', 64).notNullable()
    table.string('status', 32).notNullable()
    table.string('project_id', 64).notNullable()
    table.string('user_id', 64).notNullable()
    table.string('request_id', 64).notNullable()
    table.string('instance_id', 36).index()
    table.text('input').notNullable()
    // What the steps said, by step; what the scheduler decided; which hosts were tried.
    table.text('state').notNullable()
    table.boolean('cancel_requested').notNullable().defaultTo(false)
    table.text('error')
    table.text('progress')
    // The lease: who works on it, until when; every write of the worker is a compare-and-set on the epoch.
    table.string('lease_owner', 64)
    table.integer('lease_epoch').notNullable().defaultTo(0)
    table.bigInteger('lease_expires_at')
    table.bigInteger('created_at').notNullable()
    table.bigInteger('updated_at').notNullable()
    table.bigInteger('finished_at')
    table.index(['status', 'lease_expires_at'])
  })
  await db.schema.createTable('operation_steps', (table) => {
    table.string('operation_id', 36).notNullable().references('operations.id').onDelete('CASCADE')
    table.integer('attempt').notNullable()
    table.string('step', 64).notNullable()
    table.string('status', 32).notNullable()
    table.text('output')
    table.text('error')
    table.bigInteger('started_at').notNullable()
    table.bigInteger('finished_at')
    table.primary(['operation_id', 'attempt', 'step'])
  })
  // One row per call to an agent. The key makes a repeated message harmless.
  await db.schema.createTable('commands', (table) => {
    table.string('key', 160).primary()
    table.string('operation_id', 36).notNullable().index()
    table.string('agent_id', 36).notNullable()
    table.text('message').notNullable()
    // null until the answer came.
    table.text('result')
    table.bigInteger('created_at').notNullable()
    table.bigInteger('finished_at')
  })
  await db.schema.createTable('outbox', (table) => {
    table.increments('id')
    // A queue of the bus: an agent's, or the conductors'.
    table.string('queue', 64).notNullable()
    table.text('message').notNullable()
    table.bigInteger('created_at').notNullable()
  })
}
