/** QEMU for the conformance kit where both hosts have their guests' drives in one folder: `npm run conformance -- qemu-shared`. */
import type { ConformanceTarget } from '../conformance/index.ts'
import { findSkipReason, makeFixture } from './conformance-fixture.ts'
import { qemuPlugin } from './plugin.ts'

export const conformance: ConformanceTarget = {
  name: 'qemu-shared',
  plugin: qemuPlugin,
  skipReason: findSkipReason(),
  makeFixture: () => makeFixture({ sharesDisks: true }),
}
