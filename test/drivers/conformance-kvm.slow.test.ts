/**
 * The qemu driver keeps the contract with guests on KVM, where this machine has one: a sample here, of what differs there.
 * `npm run conformance -- kvm` tries all. Skipped where there is no KVM, which no machine has to have.
 */
import { describeDriver } from '../../drivers/conformance/index.ts'
import { conformance } from '../../drivers/qemu/conformance-fixture-kvm.ts'

describeDriver(conformance, {
  select: ({ suite, name }) =>
    suite === 'migrate' ? name.includes('without a boot') : /really resets|observer sees it|screenshot/.test(name),
})
