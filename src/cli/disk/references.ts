/** `--references DIR`: files that images name are opened when they are plain files inside that folder, links followed. */
import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, sep } from 'node:path'
import { openFileSource } from '../../disk/file-source.ts'
import type { ResolveReference } from '../../disk/references.ts'

export function referencesIn(folder: string): ResolveReference {
  return async ({ names }) => {
    const root = await realpath(folder)
    for (const name of names) {
      for (const candidate of candidates(root, name)) {
        const path = await plainFileWithin(root, candidate)
        if (path !== undefined) return openFileSource(path)
      }
    }
    return undefined
  }
}

/** The name as it is, and as one from another machine: only its last part. */
function candidates(root: string, name: string): readonly string[] {
  if (name.includes('\0')) return []
  const slashed = name.replaceAll('\\', '/')
  const last = slashed.slice(slashed.lastIndexOf('/') + 1)
  const direct = isAbsolute(name) ? name : join(root, slashed)
  return last === '' || last === '.' || last === '..' ? [direct] : [direct, join(root, last)]
}

async function plainFileWithin(root: string, candidate: string): Promise<string | undefined> {
  const path = await realpath(candidate).catch(() => undefined)
  if (path === undefined || !path.startsWith(root === sep ? sep : root + sep)) return undefined
  return (await stat(path)).isFile() ? path : undefined
}
