/** Drivers over JSON lines keep the contract: a whole one in Python, and every ability that crosses, by the simulated driver. */
// One database is enough: drivers see none.
import { describeDriver } from '../../drivers/conformance/index.ts'
import { conformance as inPython } from './json-lines-fixture.ts'
import { conformance as simulated } from './json-lines-sim-fixture.ts'

describeDriver(inPython)
describeDriver(simulated, {
  select: ({ name, suite }) =>
    /pause|suspend|resume|stats|resize|rescue|snapshot/.test(name) && suite !== 'native-calls',
})
