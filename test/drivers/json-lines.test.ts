/** The transport for drivers in other languages: what it hands on, what it refuses, and what it does when the process ends. */
// One database is enough: drivers see none.
import assert from 'node:assert/strict'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, test, type TestContext } from 'node:test'
import { makeControl } from '../../drivers/conformance/control.ts'
import { loadManifest } from '../../drivers/json-lines/load-manifest.ts'
import { JsonLinesDriver } from '../../drivers/json-lines/driver.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { DriverError, type Control, type Health, type VmSpec } from '../../src/driver/index.ts'
import { chooseDrivers } from '../../src/process/driver-choices.ts'
import { silentLogger, type Logger } from '../../src/util/logger.ts'
import { waitUntil } from '../../src/util/wait-until.ts'

const folder = mkdtempSync(join(tmpdir(), 'polyvisor-rpc-'))
after(() => rmSync(folder, { recursive: true }))

/** A driver in a few lines of JavaScript; `methods` answers calls, by name, with a result or by throwing an error's data. */
function program(methods: string): string {
  return `import { createInterface } from 'node:readline'
import { appendFileSync, readFileSync } from 'node:fs'
const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n')
const asked = new Map()
const ask = (method, params) => new Promise((resolve) => { const id = asked.size + 1; asked.set(id, resolve); send({ id, method, params }) })
const cancelled = new Map()
const untilCancelled = (id) => new Promise((resolve) => cancelled.set(id, resolve))
const capabilities = { architectures: ['x86_64'], hypervisorTypes: ['x'], vmModes: ['hvm'], disk: [], power: ['on', 'off'], limits: { parallelOperations: 1 } }
const methods = {
  open: () => { send({ method: 'health', params: { status: 'healthy', message: 'well' } }); return { capabilities } },
  close: () => null,
  list: () => [],
  ${methods}
}
createInterface({ input: process.stdin }).on('line', async (line) => {
  const { id, method, params, result } = JSON.parse(line)
  if (method === undefined) return asked.get(id)(result)
  if (method === 'cancel') return cancelled.get(params.id)()
  try { send({ id, result: await methods[method](params, id) }) }
  catch (data) { send({ id, error: { code: -32000, message: 'It went wrong.', data } }) }
}).on('close', () => process.exit(0))
`
}

let programs = 0
/** @returns the manifest's path */
function manifest(text: string): string {
  const name = `driver-${++programs}`
  writeFileSync(join(folder, `${name}.mjs`), text)
  const path = join(folder, `${name}.json`)
  const who = { id: 'away', contract: '1', version: '1.0.0', hypervisorType: 'AWAY', configSchema: true }
  writeFileSync(path, JSON.stringify({ ...who, command: [process.execPath, `${name}.mjs`] }))
  return path
}

async function open(t: TestContext, text: string, log: Logger = silentLogger): Promise<JsonLinesDriver> {
  const stateDir = mkdtempSync(join(folder, 'state-'))
  const plugin = await loadManifest(manifest(text))
  const driver = await plugin.open({ colour: 'red' }, { log, stateDir, hostName: 'here' })
  t.after(() => driver.kill())
  return driver
}

function control(options: Parameters<typeof makeControl>[0] = {}): Control {
  return makeControl(options, { open: () => assert.fail('no image was wanted') })
}

const image = { imageId: 'i', format: 'raw', sha256: '0', sizeBytes: 3, virtualSizeBytes: 3 } as const
const uuid = '00000000-0000-4000-8000-000000000001'
const spec = { instanceId: uuid, nodeId: uuid, disks: [] } as unknown as VmSpec

async function failure(work: Promise<unknown>): Promise<DriverError> {
  const error = await work.then(
    () => assert.fail('it succeeded'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof DriverError, String(error))
  return error
}

test('a manifest is chosen like any driver by its path, and its process is told settings and places', async (t) => {
  const path = manifest(program(''))
  const [choice] = await chooseDrivers(loadConfig({ flags: [{ key: 'drivers', value: [path], origin: '--driver' }] }))
  assert.equal(choice?.plugin.manifest.id, 'away')
  const handle = `{ version: 1, data: opened }`
  const driver = await open(
    t,
    program(`ensurePresent: () => (${handle}),`).replace(
      `open: () => {`,
      `open: (params) => { globalThis.opened = params;`,
    ),
  )
  const { data } = await driver.ensurePresent(spec, control())
  const { config, hostName, stateDir } = data as { config: object; hostName: string; stateDir: string }
  assert.deepEqual([config, hostName, existsSync(stateDir)], [{ colour: 'red' }, 'here', true])
})

test('a link to a manifest is as good: the program lies beside the manifest itself', async (t) => {
  const away = mkdtempSync(join(folder, 'links-'))
  symlinkSync(manifest(program('')), join(away, 'driver.json'))
  const plugin = await loadManifest(join(away, 'driver.json'))
  const driver = await plugin.open({}, { log: silentLogger, stateDir: away, hostName: 'here' })
  t.after(() => driver.kill())
  assert.deepEqual(await driver.list(), [])
})

test('manifests that cannot be used are refused by their path', async () => {
  const refused = [
    ['{', /is not JSON/],
    ['null', /must be an object/],
    ['{"command":"python3 x.py"}', /its `command` must be a list/],
    ['{"command":["x"],"id":"x","contract":"9"}', /speaks version "9"/],
  ] as const
  for (const [text, words] of refused) {
    const path = join(folder, 'bad.json')
    writeFileSync(path, text)
    const config = loadConfig({ flags: [{ key: 'drivers', value: [path], origin: '--driver' }] })
    await assert.rejects(chooseDrivers(config), (error: Error) => {
      assert.ok(error.message.startsWith(`drivers (${path}): `))
      assert.match(error.message, words)
      return true
    })
  }
})

test('a program that is not there, or does not open, fails with the reason', async () => {
  const path = join(folder, 'none.json')
  writeFileSync(path, JSON.stringify({ command: ['./no-such-program'] }))
  const host = { log: silentLogger, stateDir: folder, hostName: 'here' }
  const missing = await failure((await loadManifest(path)).open({}, host))
  assert.equal(missing.code, 'UNREACHABLE')
  assert.match(missing.native ?? '', /no-such-program ENOENT/)
  const wrong = await failure((await loadManifest(manifest(program('open: () => ({}),')))).open({}, host))
  assert.match(wrong.native ?? '', /^open must have required property 'capabilities'/)
})

test('progress, checkpoints and images reach the call that they belong to; a streamed image is a file while it lasts', async (t) => {
  const driver = await open(
    t,
    program(`ensurePresent: async ({ spec, control }, id) => {
      send({ method: 'progress', params: { id, phase: 'fetch-image', doneBytes: 1, totalBytes: 3 } })
      await ask('checkpoint', { id, state: { step: control.resume } })
      const { path } = await ask('image', { id, image: spec.image })
      return { version: 2, data: [path, readFileSync(path, 'utf8'), control.operationId] }
    },`),
  )
  const states: unknown[] = []
  const told = makeControl(
    { resume: 'again', onCheckpoint: (_index, state) => void states.push(state) },
    { open: async () => ({ via: 'stream', stream: Readable.from([Buffer.from('abc')]) }) },
  )
  const { version, data } = await driver.ensurePresent({ ...spec, image } as VmSpec, told)
  const [path = '', text, operationId] = data as readonly string[]
  assert.deepEqual([version, text, operationId], [2, 'abc', told.operationId])
  assert.deepEqual(told.progresses, [{ phase: 'fetch-image', doneBytes: 1, totalBytes: 3 }])
  assert.deepEqual(states, [{ step: 'again' }])
  assert.ok(!existsSync(path), 'the image is gone with the call')
  assert.deepEqual(readdirSync(join(path, '..')), [])
})

test('an image on its way when its call ends is given up; its file is gone, and was for nobody else to read', async (t) => {
  const driver = await open(
    t,
    program(`ensurePresent: async ({ spec }, id) => {
      void ask('image', { id, image: spec.image })
      await ask('checkpoint', { id, state: null })
      return { version: 1, data: null }
    },`),
  )
  const opened = Promise.withResolvers<Readable>()
  const endless = new Readable({ read: () => undefined })
  const openImage = async (): Promise<{ via: 'stream'; stream: Readable }> => {
    opened.resolve(endless)
    return { via: 'stream', stream: endless }
  }
  const told = makeControl({ onCheckpoint: async () => void (await opened.promise) }, { open: openImage })
  await driver.ensurePresent({ ...spec, image } as VmSpec, told)
  assert.ok(endless.destroyed)
  for (const name of readdirSync(folder).filter((each) => each.startsWith('state-'))) {
    const ours = join(folder, name, '.polyvisor')
    assert.equal(statSync(ours).mode & 0o777, 0o700)
    assert.deepEqual(readdirSync(join(ours, 'images')), [])
  }
})

test('what it writes to its standard error is logged in lines of bounded length', async (t) => {
  const lines: string[] = []
  const log = { ...silentLogger, info: ({ line }: { line?: string }) => void lines.push(line ?? '') }
  const driver = await open(
    t,
    program(`nodes: () => { process.stderr.write('x'.repeat(100_000) + '\\nshort\\nlast'); process.exit(0) },`),
    log,
  )
  await failure(driver.nodes())
  await waitUntil('its last words', () => (lines.length >= 3 ? true : undefined))
  assert.deepEqual(lines, ['x'.repeat(8192), 'short', 'last'])
})

test('a cancellation is a message, and what was cancelled before is not begun', async (t) => {
  const driver = await open(
    t,
    program(`setPower: async (params, id) => {
      send({ method: 'progress', params: { id, phase: 'start' } })
      await untilCancelled(id)
      throw { code: 'CANCELLED', effect: 'partial' }
    },`),
  )
  const stop = new AbortController()
  const told = control({ signal: stop.signal, onProgress: () => stop.abort() })
  const cut = await failure(driver.setPower(spec, 'on', {}, told))
  assert.deepEqual([cut.code, cut.effect], ['CANCELLED', 'partial'])
  const before = await failure(driver.setPower(spec, 'on', {}, control({ signal: AbortSignal.abort() })))
  assert.deepEqual([before.code, before.effect], ['CANCELLED', 'none'])
})

test('errors of the contract arrive whole; others, and answers of another shape, are bugs of the driver', async (t) => {
  const driver = await open(
    t,
    program(`get: () => { throw { code: 'BUSY', effect: 'none', retry: 'now', native: 'lock 7' } },
      nodes: () => { throw { code: 'EPERM' } },
      list: () => [{ instanceId: '${uuid}', nodeId: '${uuid}', name: 'x', power: 'asleep', handle: { version: 1, data: null } }],`),
  )
  const busy = await failure(driver.get(spec))
  assert.deepEqual(
    [busy.code, busy.effect, busy.retry, busy.native, busy.publicMessage],
    ['BUSY', 'none', 'now', 'lock 7', 'It went wrong.'],
  )
  const bug = await failure(driver.nodes())
  assert.equal(bug.code, 'BUG')
  assert.match(bug.native ?? '', /EPERM/)
  const shape = await failure(driver.list())
  assert.equal(shape.code, 'BUG')
  assert.match(shape.native ?? '', /^list\/0\/power must be equal to one of the allowed values/)
})

test('what the core would not take from the agent is refused of a driver too; a long health is cut', async (t) => {
  const wrong = await open(
    t,
    program(`nodes: () => [{ id: 'host-1', name: 'x', vcpus: 1, memoryMb: 1, diskGb: 1, traits: [] }],`),
  )
  assert.match((await failure(wrong.nodes())).native ?? '', /^nodes\/0\/id must match pattern/)
  const long = await open(
    t,
    program(
      `nodes: () => [{ id: '${uuid}', name: 'x'.repeat(5000), vcpus: 1, memoryMb: 1, diskGb: 1, traits: [] }],`,
    ).replace(`message: 'well'`, `message: 'w'.repeat(5000)`),
  )
  assert.match((await failure(long.nodes())).native ?? '', /^nodes\/0\/name must NOT have more than 4096 characters/)
  for await (const { message } of long.fingerprint(t.signal)) {
    assert.equal(message, 'w'.repeat(4096))
    break
  }
})

test('one that does not answer, not after a cancellation, or says nothing for long, is ended and started again', async (t) => {
  const name = `wedged-${++programs}.mjs`
  const hangs = `setPower: (params, id) => { send({ method: 'progress', params: { id, phase: 'start' } }); return untilCancelled() },`
  writeFileSync(
    join(folder, name),
    program(`nodes: () => new Promise(() => {}), ${hangs}`).replace('cancelled.get(params.id)()', 'undefined'),
  )
  const host = { log: silentLogger, stateDir: mkdtempSync(join(folder, 'state-')), hostName: 'here' }
  const patience = { callMs: 30_000, cancelMs: 50, silenceMs: 30_000 }
  const command = [process.execPath, name]
  const driver = await JsonLinesDriver.open({ command, folder, config: {}, host, patience })
  t.after(() => driver.kill())
  const isBack = (): Promise<unknown> => waitUntil('it to be back', () => driver.list().catch(() => undefined))
  const stop = new AbortController()
  const told = control({ signal: stop.signal, onProgress: () => stop.abort() })
  const late = await failure(driver.setPower(spec, 'on', {}, told))
  assert.deepEqual([late.code, late.effect], ['UNREACHABLE', 'unknown'])
  assert.equal(late.native, 'it did not answer setPower after its cancellation within 0.05 s')
  await isBack()
  patience.callMs = 50
  const silent = driver.nodes()
  patience.callMs = 30_000
  assert.equal((await failure(silent)).native, 'it did not answer nodes within 0.05 s')
  await isBack()
  patience.silenceMs = 200
  const mute = await failure(driver.setPower(spec, 'on', {}, control({})))
  assert.deepEqual([mute.code, mute.native], ['UNREACHABLE', 'it did not answer setPower within 0.2 s'])
  await isBack()
})

test('when it is killed its calls end as UNREACHABLE, its health says so, and it is started again', async (t) => {
  const driver = await open(
    t,
    program(
      `setPower: (params, id) => { send({ method: 'progress', params: { id, phase: 'start' } }); return new Promise(() => {}) },`,
    ),
  )
  const healths: Health[] = []
  const stop = new AbortController()
  const watching = (async () => {
    for await (const health of driver.fingerprint(stop.signal)) {
      healths.push(health)
      // Whoever is told that it is well may ask it at once.
      if (health.status === 'healthy' && healths.length > 1) assert.deepEqual(await driver.list(), [])
    }
  })()
  const first = driver.pid ?? 0
  const told = control({ onProgress: () => void process.kill(first, 'SIGKILL') })
  const cut = await failure(driver.setPower(spec, 'on', {}, told))
  assert.deepEqual([cut.code, cut.effect, cut.retry], ['UNREACHABLE', 'unknown', 'later'])
  const away = await failure(driver.list())
  assert.deepEqual([away.code, away.effect], ['UNREACHABLE', 'none'])
  await waitUntil('it to be back', () =>
    healths.at(-1)?.status === 'healthy' && healths.length > 2 ? true : undefined,
  )
  assert.ok(healths.some(({ status, message }) => status === 'unhealthy' && message.includes('SIGKILL')))
  assert.deepEqual(await driver.list(), [])
  assert.notEqual(driver.pid, first)
  stop.abort()
  await watching
})

test('its end is noticed also while guests that it started hold its pipes', async (t) => {
  const pidFile = join(folder, 'guest.pid')
  const start = `const { pid } = spawn('sleep', ['60'], { stdio: 'inherit', detached: true }); appendFileSync('${pidFile}', String(pid))`
  const text = `import { spawn } from 'node:child_process'\n${program(`nodes: () => { ${start}; process.exit(7) },`)}`
  const driver = await open(t, text)
  t.after(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL'))
  assert.equal((await failure(driver.nodes())).native, 'it ended with exit code 7')
})

test('one that ends again and again is started less and less often', async (t) => {
  const pauses: number[] = []
  const note = ({ pauseMs }: { pauseMs?: number }): void =>
    void pauses.push(...(pauseMs === undefined ? [] : [pauseMs]))
  const opens = join(folder, 'opens')
  const ends = `appendFileSync('${opens}', '.'); if (readFileSync('${opens}').length > 1) process.exit(3);`
  const text = program('').replace('open: () => {', `open: () => { ${ends}`)
  const driver = await open(t, text, { ...silentLogger, error: note })
  process.kill(driver.pid ?? 0, 'SIGKILL')
  await waitUntil('three starts that failed', () => (pauses.length >= 4 ? true : undefined))
  assert.deepEqual(pauses.slice(0, 4), [100, 200, 400, 800])
})

test('a line that is no message ends it, with the reason', async (t) => {
  const whys: string[] = []
  const log = { ...silentLogger, error: (fields: { why?: string }) => void whys.push(fields.why ?? '') }
  const driver = await open(
    t,
    program(`nodes: () => { process.stdout.write('hello\\n'); return new Promise(() => {}) },`),
    log,
  )
  const { code, native } = await failure(driver.nodes())
  assert.equal(code, 'UNREACHABLE')
  assert.equal(native, 'it wrote a line that is no JSON-RPC message: hello')
  await waitUntil('it to be back', () =>
    driver.list().then(
      () => true,
      () => undefined,
    ),
  )
  assert.deepEqual(whys, [native])
})

test('it gets none of the service’s environment but what every program needs', async (t) => {
  process.env['POLYVISOR_DATABASE_PASSWORD'] = 'geheim'
  t.after(() => delete process.env['POLYVISOR_DATABASE_PASSWORD'])
  const driver = await open(t, program(`ensurePresent: () => ({ version: 1, data: Object.keys(process.env) }),`))
  const { data } = await driver.ensurePresent(spec, control())
  assert.ok((data as readonly string[]).includes('PATH'))
  assert.ok(!(data as readonly string[]).includes('POLYVISOR_DATABASE_PASSWORD'))
})

test('close lets it end in order', async (t) => {
  const mark = join(folder, 'closed')
  const driver = await open(t, program(`close: () => { appendFileSync('${mark}', 'closed'); return null },`))
  const { pid } = driver
  await driver.close()
  assert.ok(existsSync(mark))
  assert.throws(() => process.kill(pid ?? 0, 0), /ESRCH/)
  assert.equal((await failure(driver.list())).code, 'UNREACHABLE')
})
