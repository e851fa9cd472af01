// compatible: policies that other services keep here, and users' credentials for them.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('policies', (table) => {
    table.string('id', 64).primary()
    table.string('type', 255).notNullable()
    table.text('blob').notNullable()
  })
  await db.schema.createTable('credentials', (table) => {
    table.string('id', 64).primary()
    table.string('user_id', 64).notNullable().references('users.id').onDelete('CASCADE').index()
    table.string('project_id', 64).references('projects.id').onDelete('CASCADE')
    table.string('type', 255).notNullable()
    // Encrypted: a copy of the database opens no door.
    table.text('sealed_blob').notNullable()
    table.bigInteger('created_at').notNullable()
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('credentials')
  await db.schema.dropTableIfExists('policies')
}
