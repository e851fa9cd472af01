/** What drivers in Python start from, polyvisor_rpc.py, where the kit does not look. */
// One database is enough: drivers see none.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { makeControl } from '../../drivers/conformance/control.ts'
import { loadManifest } from '../../drivers/json-lines/load-manifest.ts'
import { DriverError, type VmSpec } from '../../src/driver/index.ts'
import { silentLogger } from '../../src/util/logger.ts'
import { manifestFile as pythonManifest, pythonMissing } from './json-lines-fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'polyvisor-rpc-python-'))
after(() => rmSync(folder, { recursive: true }))

async function nativeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => assert.fail('it succeeded'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof DriverError, String(error))
  return error.native ?? ''
}

test(
  'what Python cannot say in JSON is a bug of the driver, and UTF-8 arrives in any locale',
  { skip: pythonMissing },
  async (t) => {
    const path = join(folder, 'python.json')
    const script = `import sys
sys.path.insert(0, sys.argv[1])
from polyvisor_rpc import Peer
capabilities = {"architectures": [], "hypervisorTypes": [], "vmModes": [], "disk": [], "power": [], "limits": {"parallelOperations": 1}}
echo = lambda params, control: {"version": 1, "data": params["spec"]["name"]}
Peer({"open": lambda params, control: {"capabilities": capabilities}, "list": lambda *_: b"", "nodes": lambda *_: float("nan"), "ensurePresent": echo}).serve()`
    writeFileSync(path, JSON.stringify({ command: ['python3', '-X', 'utf8=0', '-c', script, dirname(pythonManifest)] }))
    const previous = process.env['LC_ALL']
    process.env['LC_ALL'] = 'en_US.ISO-8859-1'
    t.after(() => (previous === undefined ? delete process.env['LC_ALL'] : (process.env['LC_ALL'] = previous)))
    const host = { log: silentLogger, stateDir: mkdtempSync(join(folder, 'state-')), hostName: 'here' }
    const driver = await (await loadManifest(path)).open({}, host)
    t.after(() => driver.kill())
    assert.match(await nativeOf(driver.list()), /bytes is not JSON serializable/)
    assert.match(await nativeOf(driver.nodes()), /Out of range float/)
    const { data } = await driver.ensurePresent(
      { name: 'Zoë – 東京' } as VmSpec,
      makeControl({}, { open: () => assert.fail('no image was wanted') }),
    )
    assert.equal(data, 'Zoë – 東京')
  },
)
