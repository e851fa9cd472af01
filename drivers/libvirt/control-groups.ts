/** Whether a libvirtd of this machine's system finds control groups, by which alone it limits guests' CPU time. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * As libvirtd looks for them: version 1 mounts the controller `cpu`, version 2 lists it. Containers may have neither; libvirtd then runs
 * guests all the same, and keeps no shares.
 */
export async function hasCpuController(mounts = '/proc/self/mounts'): Promise<boolean> {
  const lines = (await readFile(mounts, 'utf8')).split('\n')
  const found = await Promise.all(
    lines.map(async (line) => {
      const [, folder = '', type, options = ''] = line.split(' ')
      // Read, since another mount may hide it.
      if (type === 'cgroup') return options.split(',').includes('cpu') && (await words(folder, 'cpu.shares')).length > 0
      return type === 'cgroup2' && (await words(folder, 'cgroup.controllers')).includes('cpu')
    }),
  )
  return found.includes(true)
}

async function words(folder: string, file: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, file), 'utf8').catch(() => '')
  return text.split(/\s+/).filter((word) => word !== '')
}
