// compatible: indexes alone. PostgreSQL takes no order from an index through `deleted_at is null`, and without statistics
// it joined `vms` by all rows of a host.
import type { Knex } from 'knex'

const alive = (db: Knex) => ({ predicate: db.whereNull('deleted_at') as unknown as Knex.QueryBuilder })

export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('instances', (table) => {
    table.dropIndex(['deleted_at', 'created_at', 'id'])
    table.index(['created_at', 'id'], 'instances_alive_index', alive(db))
    table.index(['project_id', 'created_at', 'id'], 'instances_alive_of_project_index', alive(db))
  })
  await db.schema.alterTable('vms', (table) => {
    table.dropIndex(['host_id'])
    table.index(['host_id', 'instance_id'])
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('vms', (table) => {
    table.dropIndex(['host_id', 'instance_id'])
    table.index(['host_id'])
  })
  await db.schema.alterTable('instances', (table) => {
    table.dropIndex(['project_id', 'created_at', 'id'], 'instances_alive_of_project_index')
    table.dropIndex(['created_at', 'id'], 'instances_alive_index')
    table.index(['deleted_at', 'created_at', 'id'])
  })
}
