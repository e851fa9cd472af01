// compatible: projects that an image is shared with.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('image_members', (table) => {
    table.string('image_id', 36).notNullable()
    table.string('project_id', 64).notNullable()
    // pending, accepted or rejected: what the member said. Lists show it what it accepted.
    table.string('status', 16).notNullable()
    table.bigInteger('created_at').notNullable()
    table.bigInteger('updated_at').notNullable()
    table.primary(['image_id', 'project_id'])
    table.index(['project_id', 'status'])
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('image_members')
}
