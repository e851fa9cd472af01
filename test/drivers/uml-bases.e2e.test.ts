/** What disks stand on, cancelled while it is made: nothing of it is left, and the same call does it from the start. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { VmSpec } from '../../src/driver/index.ts'
import { umlMissing } from '../support/uml-missing.ts'
import { imageOf, makeControl } from './qemu-fixture.ts'
import { makeHeldProgram, makeUmlSpec, startUmlGuest, waitForBoots, useUmlMachine } from './uml-fixture.ts'

const mebibyte = 1024 ** 2

describe('the bases of User-Mode Linux guests', { skip: umlMissing, timeout: 300_000 }, () => {
  const uml = useUmlMachine()

  const namesIn = (folder: string): string[] => readdirSync(join(uml.machine.stateDir, folder)).sort()
  const withDisk = (spec: VmSpec, sizeBytes: number): VmSpec => ({
    ...spec,
    disks: spec.disks.map((disk) => ({ ...disk, sizeBytes })),
  })

  test('a base is cancelled half way', async () => {
    const path = join(uml.machine.stateDir, 'large.raw')
    await writeFile(path, randomBytes(64 * mebibyte))
    const image = await imageOf(path, 'raw', 64 * mebibyte)
    const source = { kind: 'image', image: image.ref } as const
    const disks = [{ id: 'root', source, sizeBytes: 80 * mebibyte, bootIndex: 0 }]
    const spec = await makeUmlSpec(uml.driver, uml.machine, { disks })
    const cancel = new AbortController()
    let converted = 0
    const control = makeControl([image], cancel.signal)
    const making = uml.driver.ensurePresent(spec, {
      ...control,
      progress: ({ phase, doneBytes = 0 }) => {
        if (phase !== 'prepare-disks' || doneBytes === 0 || cancel.signal.aborted) return
        converted = doneBytes
        cancel.abort()
      },
    })
    await assert.rejects(making, { code: 'CANCELLED', effect: 'none' })
    assert.ok(converted < 80 * mebibyte, `after ${converted} bytes`)
    assert.deepEqual([namesIn('bases'), namesIn('instances')], [[], []])
    await uml.driver.ensurePresent(spec, makeControl([image]))
    assert.deepEqual(namesIn('bases'), [`${image.ref.sha256}.${80 * mebibyte}`])
    await uml.driver.ensureAbsent(spec, {}, makeControl())
  })

  test('a resize is cancelled while its larger base is copied; the guest starts before and after', async (t) => {
    const spec = await makeUmlSpec(uml.driver, uml.machine)
    await startUmlGuest(uml.driver, spec, uml.machine.image)
    await waitForBoots(uml.driver, spec, 1)
    await uml.driver.setPower(spec, 'off', {}, makeControl())
    const before = namesIn('bases')
    const larger = withDisk(spec, 16 * mebibyte)
    const cp = await makeHeldProgram('cp')
    t.after(() => cp.dispose())
    await cp.hold('/bases/', 'next')
    const cancel = new AbortController()
    const resizing = uml.driver.resize.resize(larger, makeControl([], cancel.signal))
    await cp.untilHeld()
    cancel.abort()
    await assert.rejects(resizing, { code: 'CANCELLED' })
    assert.deepEqual(namesIn('bases'), before)
    await uml.driver.setPower(spec, 'on', {}, makeControl())
    await waitForBoots(uml.driver, spec, 2)
    await uml.driver.setPower(spec, 'off', {}, makeControl())
    await cp.dispose()
    await uml.driver.resize.resize(larger, makeControl())
    assert.deepEqual(namesIn('bases'), [...before, `${uml.machine.image.ref.sha256}.${16 * mebibyte}`].sort())
    await uml.driver.setPower(larger, 'on', {}, makeControl())
    await waitForBoots(uml.driver, larger, 3)
    await uml.driver.ensureAbsent(larger, {}, makeControl())
  })
})
