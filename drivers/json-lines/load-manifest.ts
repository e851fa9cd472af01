/** A driver by its manifest file, `driver.json`: who it is, and the command that runs it. */
import { access, constants, readFile, realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { DriverPlugin, HostCheck, HostServices, Manifest } from '../../src/driver/index.ts'
import type { JsonObject } from '../../src/util/json.ts'
import { findCommand } from '../local/system-packages.ts'
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
  // Where the file itself lies, whatever link leads to it: its program lies there too.
  const folder = dirname(await realpath(path))
  const [program = '', ...args] = command as readonly string[]
  // A program without a slash is looked for in PATH; others lie beside the manifest.
  const found = program.includes('/') ? resolve(folder, program) : program
  return {
    manifest,
    open: (config, host) => JsonLinesDriver.open({ command: [found, ...args], folder, config, host }),
    validateHost: async function* () {
      yield await checkProgram(found)
    },
  }
}

async function checkProgram(program: string): Promise<HostCheck> {
  const name = `the program ${program}`
  const path = program.includes('/') ? program : findCommand(program)
  if (path === undefined) {
    return { name, outcome: 'failed', message: 'it is missing', remedy: 'install it, or add its folder to PATH' }
  }
  try {
    await access(path, constants.X_OK)
    return { name, outcome: 'ok', message: path }
  } catch (error) {
    const isMissing = (error as { code?: unknown }).code === 'ENOENT'
    const message = isMissing ? 'it is missing' : 'it cannot be executed'
    const remedy = isMissing ? 'put it there, or correct `command` in driver.json' : `run: chmod +x ${path}`
    return { name, outcome: 'failed', message, remedy }
  }
}
