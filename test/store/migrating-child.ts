/** A process of its own that migrates a database with other migrations than this tree's. */
import { openDatabase, type DatabaseConfig } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { migrationSourceOf } from '../../src/store/migrations.ts'

const db = await openDatabase(JSON.parse(process.argv[2] ?? '') as DatabaseConfig)
await migrate(db, migrationSourceOf(process.argv[3]))
await db.destroy()
