/** Drivers that live outside of the house: loaded by their path, and refused in words. */
// One database is enough: drivers are chosen before there is one.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, test } from 'node:test'
import { ConfigError } from '../../src/config/config-error.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { DriverError } from '../../src/driver/index.ts'
import { chooseDrivers } from '../../src/process/driver-choices.ts'

const folder = mkdtempSync(join(tmpdir(), 'polyvisor-drivers-'))
after(() => rmSync(folder, { recursive: true }))

const schema = `{ type: 'object', additionalProperties: false, properties: { hosts: { type: 'integer', default: 2 } } }`

function manifest(changes: string): string {
  return `{ id: 'away', contract: '1', version: '1.0.0', hypervisorType: 'AWAY', configSchema: ${schema}, ${changes} }`
}

function good(changes = ''): string {
  return `export const plugin = { manifest: ${manifest(changes)}, open: async () => { throw new Error('not here') } }\n`
}

let files = 0
/** @returns its path, as an ES module that has nothing installed beside it */
function module(text: string): string {
  const path = join(folder, `driver-${++files}.mjs`)
  writeFileSync(path, text)
  return path
}

function choose(drivers: readonly string[], driverConfig: object = {}): ReturnType<typeof chooseDrivers> {
  const flags = [
    { key: 'drivers', value: drivers, origin: '--driver' },
    ...Object.entries(driverConfig).map(([id, value]) => ({
      key: `driverConfig.${id}`,
      value: value as { [key: string]: number },
      origin: '--set',
    })),
  ]
  return chooseDrivers(loadConfig({ flags }))
}

test('a module that exports a plugin is a driver like others, its settings by its own id', async () => {
  const [sim, away] = await choose(['sim', module(good())], { away: { hosts: 3 } })
  assert.equal(sim?.plugin.manifest.id, 'sim')
  assert.equal(away?.plugin.manifest.id, 'away')
  assert.deepEqual(away.config, { hosts: 3 })
  assert.equal(away.explicit, true)
  const [alone] = await choose([module(good())])
  assert.deepEqual(alone?.config, { hosts: 2 }, 'the defaults of its schema')
})

test('polyvisor/driver is this very Polyvisor to it, with nothing installed beside it', async () => {
  const text = `import { DriverError } from 'polyvisor/driver'
export const plugin = { manifest: ${manifest('')}, open: async () => { throw new DriverError('DENIED', 'Not today.') } }`
  const [away] = await choose([module(text)])
  await assert.rejects(
    async () => away?.plugin.open({}, {} as never),
    (error) => error instanceof DriverError && error.code === 'DENIED',
  )
})

test('a path is relative to the working directory on the command line, and to the folder of the file in a file', () => {
  const path = module(good())
  const there = relative(process.cwd(), path)
  const onCommandLine = loadConfig({ flags: [{ key: 'drivers', value: [there], origin: '--driver' }] })
  assert.deepEqual(onCommandLine.drivers, [path])
  assert.deepEqual(loadConfig({ environment: { POLYVISOR_DRIVERS: `sim, ${there}` } }).drivers, ['sim', path])

  mkdirSync(join(folder, 'etc'))
  const file = join(folder, 'etc/polyvisor.yaml')
  writeFileSync(file, 'drivers: [qemu, ../driver-1.mjs, /opt/driver.js]\n')
  assert.deepEqual(loadConfig({ file }).drivers, ['qemu', join(folder, 'driver-1.mjs'), '/opt/driver.js'])
  assert.deepEqual(loadConfig({ file: relative(process.cwd(), file) }).drivers.at(1), join(folder, 'driver-1.mjs'))
})

const refused: readonly (readonly [string, () => string, RegExp])[] = [
  ['nothing there', () => join(folder, 'none.js'), /none\.js\): is not there/],
  ['a folder', () => folder, /is a folder; name the driver's module in it, such as .*\/index\.js/],
  ['a broken module', () => module('export const plugin = {'), /cannot be loaded: Unexpected end of input/],
  ['a missing package', () => module(`import 'no-such-package'`), /cannot be loaded: Cannot find package 'no-such-/],
  [
    'no export',
    () => module('export const driver = {}, other = 1'),
    /does not export `plugin`.*; it exports driver, other/,
  ],
  ['no manifest', () => module('export const plugin = () => 1'), /has no `manifest\.contract`/],
  ['another contract', () => module(good(`contract: '2'`)), /speaks version "2" of the .* contract; .* speaks "1"/],
  ['an id that is none', () => module(good(`id: '../x'`)), /`manifest\.id` must be lower-case letters/],
  ['no version', () => module(good('version: 1')), /`manifest\.version` must be a text/],
  ['no hypervisor type', () => module(good(`hypervisorType: ''`)), /`manifest\.hypervisorType` must be a text/],
  ['no schema', () => module(good('configSchema: undefined')), /`manifest\.configSchema` must be a JSON Schema/],
  [
    'a broken schema',
    () => module(good(`configSchema: { type: 'integr' }`)),
    /`manifest\.configSchema` is no JSON Schema/,
  ],
  ['no open', () => module(`export const plugin = { manifest: ${manifest('')} }`), /has no function `open`/],
  [
    'host checks that are none',
    () => module(`export const plugin = { manifest: ${manifest('')}, open() {}, validateHost: true }`),
    /its `validateHost` is no function/,
  ],
  [
    'an id of the house',
    () => module(good(`id: 'qemu'`)),
    /has the id qemu, as has a driver of Polyvisor itself; give it/,
  ],
]
for (const [name, make, text] of refused) {
  test(`it is refused, by its path: ${name}`, async () => {
    const path = make()
    await assert.rejects(choose([path]), (error) => {
      assert.ok(error instanceof ConfigError)
      assert.match(error.message, text)
      assert.ok(error.message.startsWith(`drivers (${path}): `), error.message)
      return true
    })
  })
}

test('two drivers with one id are refused, by both paths', async () => {
  const [one, other] = [module(good()), module(good())]
  await assert.rejects(choose([one, other]), (error: Error) => {
    assert.equal(error.message, `drivers (${other}): has the id away, as has ${one}; give it another`)
    return true
  })
})

test('settings that its schema refuses are named by their key', async () => {
  await assert.rejects(
    choose([module(good())], { away: { hosts: 'many' } }),
    /^ConfigError: driverConfig\.away\.hosts /,
  )
  await assert.rejects(
    choose([module(good())], { away: { guests: 1 } }),
    /driverConfig\.away\.guests .*no such setting/,
  )
})

test('a name that nobody knows is told of paths', async () => {
  await assert.rejects(choose(['constructor']), /there is no driver constructor/)
  await assert.rejects(choose(['away']), /there is no driver away; known are qemu, .*such as \.\/away\/index\.js/)
})
