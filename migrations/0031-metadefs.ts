// compatible: metadata definitions: namespaces of objects, properties and tags, and the types of resources they are for.
import type { Knex } from 'knex'

/** Known from the start, as in OpenStack's own catalog of definitions. */
const resourceTypes = [
  'OS::Cinder::Volume',
  'OS::Glance::Image',
  'OS::Nova::Aggregate',
  'OS::Nova::Flavor',
  'OS::Nova::Server',
  'OS::Trove::Instance',
]

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('metadef_namespaces', (table) => {
    table.string('id', 36).primary()
    table.string('name', 80).notNullable().unique()
    table.string('display_name', 80)
    table.text('description')
    // public or private: then its owner's project and admins see it.
    table.string('visibility', 16).notNullable()
    table.boolean('protected').notNullable()
    table.string('owner_project_id', 64).notNullable()
    table.bigInteger('created_at').notNullable()
    table.bigInteger('updated_at').notNullable()
  })
  await db.schema.createTable('metadef_items', (table) => {
    table.string('namespace_id', 36).notNullable().references('metadef_namespaces.id').onDelete('CASCADE')
    // object, property, tag or resource-type.
    table.string('kind', 16).notNullable()
    table.string('name', 80).notNullable()
    // What it says besides its name, as JSON.
    table.text('body').notNullable()
    table.bigInteger('created_at').notNullable()
    table.bigInteger('updated_at').notNullable()
    table.primary(['namespace_id', 'kind', 'name'])
  })
  await db.schema.createTable('metadef_resource_types', (table) => {
    table.string('name', 80).primary()
    table.bigInteger('created_at').notNullable()
  })
  const now = Date.now()
  await db('metadef_resource_types').insert(resourceTypes.map((name) => ({ name, created_at: now })))
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('metadef_resource_types')
  await db.schema.dropTable('metadef_items')
  await db.schema.dropTable('metadef_namespaces')
}
