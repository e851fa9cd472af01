/**
 * The qemu driver keeps the contract, with real guests and virsh as the observer. A sample here, so that it takes minutes;
 * `npm run conformance -- qemu --full` tries every moment.
 */
import { describeDriver } from '../../drivers/conformance/index.ts'
import { conformance } from '../../drivers/qemu/conformance-fixture.ts'

describeDriver(conformance, {
  // qemu.e2e.test.ts sweeps over native calls too; the calls with the most of them stand for the others here.
  select: ({ suite, name }) => suite !== 'native-calls' || /ensurePresent|ensureAbsent when|suspend/.test(name),
})
