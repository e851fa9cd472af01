/** A driver by its manifest file, `driver.json`: who it is, and the command that runs it. */
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { DriverPlugin, HostServices, Manifest } from '../../src/driver/index.ts'
import type { JsonObject } from '../../src/util/json.ts'
import { JsonLinesDriver } from './driver.ts'

export interface ProgramPlugin extends DriverPlugin {
  open(config: JsonObject, host: HostServices): Promise<JsonLinesDriver>
}

/** @throws Error that says what is wrong with the file */
export async function loadManifest(path: string): Promise<ProgramPlugin> {
  const content: unknown = JSON.parse(await readFile(path, 'utf8'))
  if (typeof content !== 'object' || content === null) throw new Error('must be an object')
  const { command, ...manifest } = content as Manifest & { readonly command?: unknown }
  if (
    !Array.isArray(command) ||
    command.length === 0 ||
    !command.every((word) => typeof word === 'string' && word !== '')
  )
    throw new Error('its `command` must be a list: a program and its arguments, such as ["python3", "driver.py"]')
  const folder = dirname(path)
  const [program = '', ...args] = command as readonly string[]
  // A program without a slash is looked for in PATH; others lie beside the manifest.
  const launched = [program.includes('/') ? resolve(folder, program) : program, ...args]
  return { manifest, open: (config, host) => JsonLinesDriver.open({ command: launched, folder, config, host }) }
}
