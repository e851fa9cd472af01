// compatible: which projects may use flavors that are not public.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('flavor_access', (table) => {
    table.string('flavor_id', 255).notNullable().references('flavors.id').onDelete('CASCADE')
    table.string('project_id', 64).notNullable()
    table.primary(['flavor_id', 'project_id'])
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('flavor_access')
}
