// compatible: regions, services and endpoints that admins add to the catalog, and who sees which of them.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('regions', (table) => {
    table.string('id', 255).primary()
    table.text('description').notNullable().defaultTo('')
    // No foreign key, here and below: the region and the services of this cloud itself stand in no table.
    table.string('parent_region_id', 255).index()
  })
  await db.schema.createTable('catalog_services', (table) => {
    table.string('id', 64).primary()
    table.string('type', 255).notNullable()
    table.string('name', 255).notNullable().defaultTo('')
    table.text('description').notNullable().defaultTo('')
    table.boolean('enabled').notNullable().defaultTo(true)
  })
  await db.schema.createTable('catalog_endpoints', (table) => {
    table.string('id', 64).primary()
    table.string('service_id', 64).notNullable().index()
    table.string('region_id', 255)
    table.string('interface', 8).notNullable()
    table.text('url').notNullable()
    table.string('name', 255).notNullable().defaultTo('')
    table.text('description').notNullable().defaultTo('')
    table.boolean('enabled').notNullable().defaultTo(true)
  })
  await db.schema.createTable('endpoint_groups', (table) => {
    table.string('id', 64).primary()
    table.string('name', 255).notNullable()
    table.text('description').notNullable().defaultTo('')
    table.text('filters').notNullable()
  })
  // A project with any of these two sees them and nothing else.
  await db.schema.createTable('project_endpoints', (table) => {
    table.string('project_id', 64).notNullable().references('projects.id').onDelete('CASCADE')
    table.string('endpoint_id', 64).notNullable().index()
    table.primary(['project_id', 'endpoint_id'])
  })
  await db.schema.createTable('project_endpoint_groups', (table) => {
    table.string('project_id', 64).notNullable().references('projects.id').onDelete('CASCADE')
    table.string('endpoint_group_id', 64).notNullable().references('endpoint_groups.id').onDelete('CASCADE')
    table.primary(['project_id', 'endpoint_group_id'])
  })
}

export async function down(db: Knex): Promise<void> {
  for (const table of [
    'project_endpoint_groups',
    'project_endpoints',
    'endpoint_groups',
    'catalog_endpoints',
    'catalog_services',
    'regions',
  ]) {
    await db.schema.dropTableIfExists(table)
  }
}
