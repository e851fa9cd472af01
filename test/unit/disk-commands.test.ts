/** `polyvisor disk`: exit codes, output, and the habits of qemu-img that are honoured. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { progressBar, renderProgress } from '../../src/cli/disk/progress-bar.ts'
import { qcow2Image } from '../disk/handmade-images.ts'

const polyvisor = join(import.meta.dirname, '..', '..', 'bin', 'polyvisor')

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function disk(folder: string, ...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(polyvisor, ['disk', ...args], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

test('convert, compare, check, info and map by their exit codes and JSON', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'polyvisor-disk-cli-'))
  try {
    await writeFile(join(folder, 'a.raw'), Buffer.alloc(65_536 * 3, 'a'))
    await writeFile(join(folder, 'b.raw'), Buffer.alloc(65_536 * 3, 'b'))
    const json = ['--json', '--verify', '--hash', 'sha256']
    const converted = await disk(
      folder,
      'convert',
      '-p',
      '-O',
      'vpc',
      '-o',
      'subformat=fixed',
      ...json,
      'a.raw',
      'a.vhd',
    )
    assert.equal(converted.code, 0, converted.stderr)
    const result = JSON.parse(converted.stdout) as Record<string, unknown>
    assert.equal(result['targetFormat'], 'vhd')
    assert.equal(result['isVerified'], true)
    assert.match(String(result['sha256']), /^[0-9a-f]{64}$/)
    assert.match(converted.stderr, /of 192 KiB/)
    assert.equal((await disk(folder, 'compare', 'a.raw', 'a.vhd')).code, 0)
    const differs = await disk(folder, 'compare', 'a.raw', 'b.raw')
    assert.equal(differs.code, 1)
    assert.match(differs.stderr, /byte 0 on/)
    assert.equal((await disk(folder, 'compare', 'a.raw', 'missing')).code, 2)
    assert.equal((await disk(folder, 'check', 'a.vhd')).code, 0)
    await writeFile(join(folder, 'bad.qcow2'), Buffer.from('QFI\xfb\0\0\0\x03', 'latin1'))
    assert.equal((await disk(folder, 'check', 'bad.qcow2')).code, 2)
    const info = JSON.parse((await disk(folder, 'info', '--json', 'a.vhd')).stdout) as Record<string, unknown>
    assert.equal(info['variant'], 'fixed')
    const map = JSON.parse((await disk(folder, 'map', '--json', 'a.vhd')).stdout) as unknown
    assert.deepEqual(map, [{ start: 0, length: 196_608, kind: 'data', present: true, zero: false, data: true }])
    assert.equal((await disk(folder, 'convert', '-O', 'nothing', 'a.raw', 'c')).code, 2)
    assert.equal((await disk(folder, 'convert', '-O', 'qcow2', '-o', 'colour=red', 'a.raw', 'c')).code, 2)
    assert.equal((await disk(folder, 'convert', 'bad.qcow2', 'c.raw')).code, 1)
    assert.deepEqual((await readdir(folder)).sort(), ['a.raw', 'a.vhd', 'b.raw', 'bad.qcow2'])
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('check ends with 3 where space is lost, as qemu-img check does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'polyvisor-disk-cli-'))
  try {
    const image = Buffer.concat([qcow2Image(), Buffer.alloc(512)])
    image.writeUInt16BE(1, 2 * 512 + 6 * 2)
    await writeFile(join(folder, 'a.qcow2'), image)
    const { code, stderr } = await disk(folder, 'check', 'a.qcow2')
    assert.equal(code, 3)
    assert.match(stderr, /512 B are taken and not used/)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a reader that has seen enough ends the command quietly', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'polyvisor-disk-cli-'))
  try {
    // Every other block of a MiB is a hole, so the map has more lines than a pipe holds.
    const handle = await open(join(folder, 'a.raw'), 'w')
    for (let block = 0; block < 4000; block += 2) await handle.write('x', block * 1024 ** 2)
    await handle.close()
    const command = `"${polyvisor}" disk map a.raw | head -n 1`
    const { stdout, stderr } = await promisify(execFile)('sh', ['-c', command], { cwd: folder })
    assert.match(stdout, /^start/)
    assert.equal(stderr, '')
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('the progress bar says part, rate and time left, and wipes itself', () => {
  const progress = { doneBytes: 1024 ** 3, totalBytes: 4 * 1024 ** 3, dataBytes: 512 * 1024 ** 2 }
  const line = renderProgress(progress, 2000)
  assert.match(line, /25\.0 %  1 GiB of 4 GiB  256 MiB\/s  6 s left/)
  assert.match(renderProgress({ ...progress, totalBytes: undefined }, 2000), /^1 GiB {2}256 MiB\/s$/)
  const written: string[] = []
  let now = 0
  const bar = progressBar({ write: (text) => written.push(text) }, () => now)
  bar.update(progress)
  bar.update(progress)
  now = 200
  bar.update(progress)
  bar.end()
  assert.equal(written.length, 3)
  assert.equal(written.at(-1), '\r\x1b[K')
})
