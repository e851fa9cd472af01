/** The template driver keeps the contract: each check of the kit is a test. */
// One database is enough: drivers see none.
import { describeDriver } from '../conformance/index.ts'
import { conformance } from './conformance-fixture.ts'

describeDriver(conformance)
