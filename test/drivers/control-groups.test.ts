import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { hasCpuController } from '../../drivers/libvirt/control-groups.ts'

test('control groups for CPU time are there where the kernel shows them, in either version', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'pv-groups-'))
  const has = async (...lines: string[]): Promise<boolean> => {
    await writeFile(join(dir, 'mounts'), ['proc /proc proc rw 0 0', ...lines, ''].join('\n'))
    return await hasCpuController(join(dir, 'mounts'))
  }
  const write = async (file: string, text: string): Promise<string> => {
    await mkdir(join(dir, file, '..'), { recursive: true })
    await writeFile(join(dir, file), text)
    return join(dir, file, '..')
  }
  try {
    const first = await write('1/cpu.shares', '1024\n')
    const second = await write('2/cgroup.controllers', 'cpuset cpu io memory\n')
    const without = await write('3/cgroup.controllers', 'cpuset io memory\n')
    const empty = await write('4/cgroup.controllers', '\n')
    assert.equal(await has(), false)
    assert.equal(await has(`cgroup ${first} cgroup rw,relatime,cpu,cpuacct 0 0`), true)
    assert.equal(await has(`cgroup ${first} cgroup rw,relatime,cpuacct 0 0`), false)
    assert.equal(await has(`cgroup ${dir}/hidden cgroup rw,relatime,cpu 0 0`), false)
    assert.equal(await has(`cgroup2 ${second} cgroup2 rw,nosuid 0 0`), true)
    assert.equal(await has(`cgroup2 ${without} cgroup2 rw 0 0`), false)
    assert.equal(await has(`cgroup ${first} cgroup rw,cpu 0 0`, `cgroup2 ${empty} cgroup2 rw 0 0`), true)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
})
