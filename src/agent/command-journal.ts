/**
 * What this agent did and how far it came, one small file per call: a repeated command is answered and not done again,
 * and after a crash a driver goes on from its checkpoint. Written before the answer leaves; survives the process, not
 * the machine's power (drivers converge without it).
 */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CommandOutcome } from '../bus/messages/messages.ts'
import type { Json } from '../util/json.ts'

export interface JournalEntry {
  readonly checkpoint?: Json
  readonly outcome?: CommandOutcome
}

const keptMs = 24 * 3600_000

export class CommandJournal {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Makes the folder and forgets calls of more than a day ago. */
  async open(nowMs: number): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    for (const file of await readdir(this.#folder)) {
      const path = join(this.#folder, file)
      const age = nowMs - (await stat(path)).mtimeMs
      if (age > keptMs || file.endsWith('.part')) await rm(path, { force: true })
    }
  }

  async read(key: string): Promise<JournalEntry> {
    try {
      return JSON.parse(await readFile(this.#path(key), 'utf8')) as JournalEntry
    } catch {
      // No entry, or one cut short by a full disk: the driver converges from nothing.
      return {}
    }
  }

  async write(key: string, entry: JournalEntry): Promise<void> {
    const path = this.#path(key)
    await writeFile(`${path}.part`, JSON.stringify(entry), { mode: 0o600 })
    await rename(`${path}.part`, path)
  }

  #path(key: string): string {
    return join(this.#folder, `${encodeURIComponent(key)}.json`)
  }
}
