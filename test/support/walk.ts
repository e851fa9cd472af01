/** What is in a folder and below it, while others add and remove. */
import { readdirSync, type Dirent } from 'node:fs'
import { join } from 'node:path'

/** node:fs can do that too, but throws when a folder goes meanwhile. */
export function* walk(folder: string): Generator<Dirent> {
  for (const entry of entriesOf(folder)) {
    yield entry
    if (entry.isDirectory()) yield* walk(join(folder, entry.name))
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
