// compatible: what single users may have of what their project has.
import type { Knex } from 'knex'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('user_quota_limits', (table) => {
    table.string('project_id', 64).notNullable()
    table.string('user_id', 64).notNullable()
    table.string('name', 64).notNullable()
    // -1 is without a limit. A user without a row shares what the project has.
    table.integer('hard_limit').notNullable()
    table.primary(['project_id', 'user_id', 'name'])
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('user_quota_limits')
}
