/** What the host says about KVM, with probes that need no KVM; the real one is in qemu-kvm.e2e.test.ts. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { acceleratorFor } from '../../drivers/qemu/accelerator.ts'
import { capabilitiesOf } from '../../drivers/qemu/capabilities.ts'
import { readQemuConfig } from '../../drivers/qemu/config.ts'
import type { KvmFinding } from '../../drivers/qemu/kvm-probe.ts'
import { describeKvm, KvmProof, type KvmProofOptions } from '../../drivers/qemu/kvm-proof.ts'
import { DriverError } from '../../src/driver/index.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

const proved: KvmFinding = { present: true, bootMs: 1234 }
const absent: KvmFinding = { present: false, reason: 'our Linux guest did not print its line' }

async function options(t: TestContext, more: Partial<KvmProofOptions> = {}): Promise<KvmProofOptions> {
  const stateDir = await mkdtemp(join(tmpdir(), 'kvm-'))
  t.after(() => rm(stateDir, { recursive: true }))
  const imagePath = join(stateDir, 'guest.raw')
  await writeFile(imagePath, 'guest')
  return { stateDir, imagePath, user: undefined, log: silentLogger, whyNoProbe: async () => undefined, ...more }
}

test('the probe runs once per machine, QEMU and image; its finding stays, with the reason', async (t) => {
  let runs = 0
  const given = await options(t, { probe: async () => (runs++, absent) })
  const find = async (qemuVersion: string): Promise<KvmFinding> => {
    const proof = new KvmProof(given)
    await proof.begin(qemuVersion)
    await proof.begin(qemuVersion)
    await waitUntil('the finding', () => (describeKvm(proof.finding).includes('under way') ? undefined : true))
    await proof.close()
    return proof.finding
  }
  assert.deepEqual(await find('7.2.0'), absent)
  assert.deepEqual(await find('7.2.0'), absent)
  assert.equal(runs, 1)
  await find('8.0.0')
  assert.equal(runs, 2)
  await writeFile(given.imagePath ?? '', 'another guest')
  await find('8.0.0')
  assert.equal(runs, 3)
})

test('KVM is absent while the probe runs; whoever listens is told of its end; a cancelled one is not remembered', async (t) => {
  const release = Promise.withResolvers<KvmFinding>()
  const given = await options(t, { probe: () => release.promise })
  const proof = new KvmProof(given)
  const seen: string[] = []
  proof.onChange(() => seen.push(describeKvm(proof.finding)))
  await proof.begin('7.2.0')
  assert.equal(proof.finding.present, false)
  release.resolve(proved)
  await waitUntil('the proof', () => (proof.finding.present ? true : undefined))
  assert.deepEqual(seen, ['KVM not proved: the probe is under way', 'KVM proved: our Linux guest was up in 1.2 s'])

  const cancelled = new KvmProof({
    ...given,
    stateDir: await mkdtemp(join(given.stateDir, 'other-')),
    probe: ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('cancelled')))),
  })
  await cancelled.begin('7.2.0')
  await cancelled.close()
  assert.equal(cancelled.finding.present, false)
})

test('without a guest to prove it with, the host says so', async (t) => {
  const proof = new KvmProof(await options(t, { whyNoProbe: async () => 'no Linux guest was given' }))
  await proof.begin('7.2.0')
  assert.deepEqual(proof.finding, { present: false, reason: 'no Linux guest was given' })
  await proof.close()
})

test('guests run on KVM only where it was proved, or the operator insists, and their image does not mind', () => {
  const config = (accel: 'auto' | 'tcg' | 'kvm') => readQemuConfig({ accel })
  const typeOf = (accel: 'auto' | 'tcg' | 'kvm', finding: KvmFinding, properties = {}) =>
    acceleratorFor(properties, config(accel), finding).type
  assert.equal(readQemuConfig({}).accel, 'auto')
  assert.equal(typeOf('auto', absent), 'qemu')
  assert.equal(typeOf('auto', proved), 'kvm')
  assert.equal(typeOf('tcg', proved), 'qemu')
  assert.equal(typeOf('kvm', absent), 'kvm')
  assert.equal(typeOf('auto', proved, { img_hv_type: 'qemu' }), 'qemu')
  assert.throws(
    () => typeOf('auto', absent, { img_hv_type: 'kvm' }),
    (error: unknown) => error instanceof DriverError && error.code === 'UNSUPPORTED' && error.effect === 'none',
  )
})

const bare = { hasUefi: false, hasControlGroups: false }

test('the host reports it: present, or absent with the reason', () => {
  assert.deepEqual(capabilitiesOf(readQemuConfig({}), proved, bare).accelerators, { kvm: { present: true } })
  assert.deepEqual(capabilitiesOf(readQemuConfig({}), proved, bare).hypervisorTypes, ['qemu', 'kvm'])
  const { accelerators, hypervisorTypes } = capabilitiesOf(readQemuConfig({}), absent, bare)
  assert.deepEqual(accelerators, { kvm: absent })
  assert.deepEqual(hypervisorTypes, ['qemu'])
})
