/** The truth about this machine's KVM, whatever it is: present, or absent with a reason; never both, never neither. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { probeKvm, whyNoProbe, type KvmFinding } from '../../drivers/qemu/kvm-probe.ts'
import type { Health } from '../../src/driver/index.ts'
import { makeGuestImage, makeMachine, processesNaming, skipReason } from './qemu-fixture.ts'

test('the host says whether KVM is there for its guests', { skip: skipReason }, async (t) => {
  const machine = await makeMachine()
  const image = await makeGuestImage(machine.dir)
  const driver = await machine.open({ kvm: { probeImage: image.path } })
  t.after(() => machine.dispose(driver))
  const startedAt = performance.now()
  let health: Health | undefined
  for await (health of driver.fingerprint(AbortSignal.timeout(90_000))) {
    if (health.status === 'healthy' && !health.message.includes('under way')) break
  }
  assert.ok(health !== undefined && health.status === 'healthy', health?.message)
  const kvm = driver.capabilities().accelerators?.['kvm']
  assert.ok(kvm)
  t.diagnostic(`after ${Math.round(performance.now() - startedAt)} ms: ${health.message}`)
  assert.notEqual(kvm.present, kvm.reason !== undefined, 'present, or a reason')
  if (!kvm.present) assert.ok((kvm.reason ?? '').length > 10)
  assert.match(health.message, kvm.present ? /KVM proved/ : /KVM not proved: .{10}/)
  const [node] = await driver.nodes()
  assert.equal(node?.traits.includes('CUSTOM_KVM_PROVED'), kvm.present)
})

test('the probe itself, as whoever runs this test', { skip: skipReason }, async (t) => {
  const machine = await makeMachine()
  const driver = await machine.open()
  t.after(() => machine.dispose(driver))
  const { path } = await makeGuestImage(machine.dir)
  const obstacle = await whyNoProbe(path, undefined)
  if (obstacle !== undefined) {
    t.diagnostic(`nothing to probe: ${obstacle}`)
    return
  }
  const startedAt = performance.now()
  const finding: KvmFinding = await probeKvm({ imagePath: path, user: undefined, signal: AbortSignal.timeout(60_000) })
  t.diagnostic(`after ${Math.round(performance.now() - startedAt)} ms: ${JSON.stringify(finding)}`)
  if (finding.present) assert.ok(finding.bootMs <= 20_000)
  else assert.match(finding.reason, /our Linux guest did not print its line/)
  assert.ok(!processesNaming('/dev/fdset/1').some((line) => line.includes('accel kvm')), 'the probe is over')
})
