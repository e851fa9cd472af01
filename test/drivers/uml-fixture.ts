/** A machine for the uml driver's tests: a state folder, the test guest's image, and somebody at the guest's console. */
import assert from 'node:assert/strict'
import { randomInt, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import type { UmlDriver } from '../../drivers/uml/driver.ts'
import { umlPlugin } from '../../drivers/uml/plugin.ts'
import type { VmSpec } from '../../src/driver/index.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { waitUntil } from '../../src/util/wait-until.ts'
import { makeUmlGuest } from '../support/test-guest.ts'
import { imageOf, makeControl, processesNaming } from './qemu-fixture.ts'
import type { TestImage } from './qemu-fixture.ts'

export interface UmlMachine {
  readonly stateDir: string
  readonly image: TestImage
  open(): Promise<UmlDriver>
  /** Fails when anything is left, and removes it. */
  dispose(driver: UmlDriver): Promise<void>
}

/** For the tests of one `describe`; there when they begin. */
export interface UmlStage {
  machine: UmlMachine
  driver: UmlDriver
}

/** A machine and a driver on it for the tests of the `describe` in which this is called. What they leave fails. */
export function useUmlMachine(): UmlStage {
  const stage = {} as UmlStage
  before(async () => {
    stage.machine = await makeUmlMachine()
    stage.driver = await stage.machine.open()
  })
  after(() => stage.machine.dispose(stage.driver))
  return stage
}

export async function makeUmlMachine(): Promise<UmlMachine> {
  const dir = await mkdtemp(join(tmpdir(), 'pvu-'))
  await chmod(dir, 0o711) // guests' users go through it
  // Of its own: what runs as a guest's user ends with the guest.
  const firstUid = 2_000_000_000 + 1_000 * randomInt(140_000)
  const stateDir = join(dir, 's')
  mkdirSync(stateDir)
  const image = await imageOf(await makeUmlGuest(dir), 'raw', 4 * 1024 ** 2)
  return {
    stateDir,
    image,
    open: () => umlPlugin.open({ firstUid }, { log: silentLogger, stateDir, hostName: 'test-host' }),
    dispose: async (driver) => {
      const left = [...(await driver.list()).map(({ instanceId }) => instanceId)]
      for (const instanceId of left)
        await driver.ensureAbsent({ instanceId, nodeId: await nodeOf(driver) }, {}, makeControl())
      await driver.close()
      const processes = processesNaming(stateDir)
      const files = readdirSync(join(stateDir, 'instances'))
      await rm(dir, { recursive: true, force: true })
      assert.deepEqual({ left, processes, files }, { left: [], processes: [], files: [] })
    },
  }
}

/** A program of the driver's from now on: when it is called with certain words, it waits. */
export interface HeldProgram {
  /** @param words the next command with this text in it is the one, or each of them */
  hold(words: string, which: 'next' | 'all'): Promise<void>
  untilHeld(): Promise<void>
  /** The real one again; whatever waits goes on. */
  dispose(): Promise<void>
}

/** @param program uml_mconsole: a command to a guest waits */
export async function makeHeldProgram(program = 'uml_mconsole'): Promise<HeldProgram> {
  const dir = await mkdtemp(join(tmpdir(), 'pvc-'))
  await chmod(dir, 0o777) // guests' users run it
  const [held, holds, always] = [join(dir, 'held'), join(dir, 'holds'), join(dir, 'always')]
  const path = process.env['PATH'] ?? ''
  const script = `#!/bin/sh
if [ -e ${holds} ] && echo "$*" | grep -qF -- "$(cat ${holds})" &&
  { mkdir ${held} || [ -e ${always} ]; }; then
  while [ -e ${holds} ]; do sleep 0.05; done
fi
PATH='${path}' exec ${program} "$@"
`
  await writeFile(join(dir, program), script, { mode: 0o755 })
  process.env['PATH'] = `${dir}:${path}`
  return {
    hold: async (words, which) => {
      if (which === 'all') await writeFile(always, '')
      await writeFile(holds, words)
    },
    untilHeld: async () => void (await waitUntil('a command that waits', () => existsSync(held) || undefined)),
    dispose: async () => {
      await rm(holds, { force: true })
      process.env['PATH'] = path
      await rm(dir, { recursive: true, force: true })
    },
  }
}

export async function makeUmlSpec(
  driver: UmlDriver,
  { image }: UmlMachine,
  more: Partial<VmSpec> = {},
): Promise<VmSpec> {
  return {
    instanceId: randomUUID(),
    nodeId: await nodeOf(driver),
    name: 'guest',
    vcpus: 1,
    memoryBytes: 64 * 1024 ** 2,
    disks: [{ id: 'root', source: { kind: 'image', image: image.ref }, sizeBytes: 8 * 1024 ** 2, bootIndex: 0 }],
    nics: [],
    imageProperties: { hw_vm_mode: 'uml' },
    options: {},
    ...more,
  }
}

/**
 * Types a command at the guest's shell until what it prints is as wanted.
 * @param isWanted given what the command printed
 * @returns what it printed then
 */
export async function ask(
  driver: UmlDriver,
  spec: VmSpec,
  command: string,
  isWanted: (printed: string) => boolean = () => true,
): Promise<string> {
  const serial = await driver.remoteConsole.open(spec, 'serial')
  let seen = ''
  serial.on('data', (bytes: Buffer) => (seen += bytes.toString('latin1')))
  try {
    const answer = async (): Promise<string | undefined> => {
      const turn = randomUUID()
      // Quoted there, so that the echo of what is typed does not count.
      const pattern = new RegExp(`<${turn}\\s+([^]*?)>${turn}`)
      const typed = async (): Promise<string | undefined> => {
        serial.write(`\necho "<"${turn}; ${command}; echo ">"${turn}\n`)
        const printed = (): string | undefined => pattern.exec(seen)?.[1]
        return await waitUntil('its answer', printed, { timeoutMs: 5_000 }).catch(() => undefined)
      }
      // A shell that is just starting throws away what was typed before.
      const found = await waitUntil(`an answer to ${command}`, typed, { timeoutMs: 60_000 })
      return isWanted(found) ? found.replaceAll('\r', '').trim() : undefined
    }
    return await waitUntil(`what is wanted of ${command}`, answer, { timeoutMs: 60_000, everyMs: 200 })
  } finally {
    serial.destroy()
  }
}

/** Off, made anew, on, and up. */
export async function startUmlGuest(driver: UmlDriver, spec: VmSpec, image: TestImage): Promise<void> {
  await driver.ensurePresent(spec, makeControl([image]))
  await driver.setPower(spec, 'on', {}, makeControl())
}

export async function waitForBoots(driver: UmlDriver, spec: VmSpec, times: number): Promise<void> {
  await waitUntil(
    `boot ${times} of the guest`,
    async () => {
      const log = (await driver.console.readLog(spec, { maxBytes: 262_144 })).toString()
      return log.split('POLYVISOR-GUEST-UP').length > times ? true : undefined
    },
    { timeoutMs: 60_000 },
  )
}

async function nodeOf(driver: UmlDriver): Promise<string> {
  const [node] = await driver.nodes()
  assert.ok(node)
  return node.id
}
