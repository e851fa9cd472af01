/** Real User-Mode Linux guests whose root has got hold of the host's user that they run as. */
// One database is enough: there is none.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { UmlDriver } from '../../drivers/uml/driver.ts'
import type { VmSpec } from '../../src/driver/index.ts'
import { umlMissing } from '../support/uml-missing.ts'
import { makeControl } from './qemu-fixture.ts'
import { makeUmlMachine, makeUmlSpec, startUmlGuest, waitForBoots, type UmlMachine } from './uml-fixture.ts'

describe('hostile users of User-Mode Linux guests', { skip: umlMissing, timeout: 300_000 }, () => {
  let machine: UmlMachine
  let driver: UmlDriver

  before(async () => {
    machine = await makeUmlMachine()
    driver = await machine.open()
  })
  after(() => machine.dispose(driver))

  const folderOf = ({ instanceId }: VmSpec): string => join(machine.stateDir, 'instances', instanceId)
  const socketFolderOf = (spec: VmSpec): string => join(folderOf(spec), 'run', spec.instanceId)

  test('what stands in the place of the pid file is not read', async (t) => {
    const spec = await makeUmlSpec(driver, machine)
    await startUmlGuest(driver, spec, machine.image)
    await waitForBoots(driver, spec, 1)
    const folder = socketFolderOf(spec)
    const pidFile = join(folder, 'pid')
    const elsewhere = join(folderOf(spec), 'elsewhere')
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'pid'), '1\n')
    const isOn = async (): Promise<void> => assert.equal((await driver.get(spec))?.power, 'on')

    rmSync(pidFile)
    execFileSync('mkfifo', [pidFile])
    // Who waits for a writer gets one, and a number that is no guest's.
    const writer = spawn('sh', ['-c', 'echo 1 > "$1"', 'sh', pidFile], { stdio: 'ignore' })
    t.after(() => writer.kill('SIGKILL'))
    await isOn()

    rmSync(pidFile)
    symlinkSync(join(elsewhere, 'pid'), pidFile)
    await isOn()

    rmSync(pidFile)
    writeFileSync(pidFile, `1\n${' '.repeat(64)}x`)
    await isOn()

    renameSync(folder, `${folder}.moved`)
    symlinkSync(elsewhere, folder)
    await isOn()
    await driver.ensureAbsent(spec, {}, makeControl())
  })
})
