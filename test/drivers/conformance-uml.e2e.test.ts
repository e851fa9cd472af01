/**
 * The uml driver keeps the contract, with real User-Mode Linux guests and uml_mconsole as the observer. A sample here, so that it takes
 * minutes; `npm run conformance -- uml --full` tries every moment.
 */
import { describeDriver } from '../../drivers/conformance/index.ts'
import { conformance } from '../../drivers/uml/conformance-fixture.ts'

describeDriver(conformance, {
  // The calls with the most native calls stand for the others here.
  select: ({ suite, name }) => suite !== 'native-calls' || /ensurePresent|ensureAbsent when/.test(name),
})
