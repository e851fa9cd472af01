/** A process of its own that asks for servers on a shared database; prints how many it got. */
import type { DatabaseConfig } from '../../src/store/database.ts'
import { makeQuotaFixture } from '../support/quota-fixture.ts'

const { crowd, db } = await makeQuotaFixture({ cores: 10 }, JSON.parse(process.argv[2] ?? '') as DatabaseConfig)
process.stdout.write(String(await crowd(50)))
await db.destroy()
