/** A process of its own that asks for servers on a shared database; prints how many it got. */
import { makeQuotaFixture } from '../support/quota-fixture.ts'

const { crowd, db } = await makeQuotaFixture({ cores: 10 }, process.argv[2] ?? '')
process.stdout.write(String(await crowd(50)))
await db.destroy()
