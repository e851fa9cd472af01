/**
 * `polyvisor/driver` and `polyvisor/conformance` mean this very Polyvisor in every module that is loaded from now on. So a driver
 * from elsewhere needs nothing installed beside it, and its DriverError is the class that the core knows, not a copy of it.
 */
import { registerHooks } from 'node:module'
import { extname } from 'node:path'

const extension = extname(import.meta.url)
const provided: Readonly<Record<string, string>> = {
  'polyvisor/driver': new URL(`./index${extension}`, import.meta.url).href,
  'polyvisor/conformance': new URL(`../../drivers/conformance/index${extension}`, import.meta.url).href,
}
let isDone = false

export function provideContract(): void {
  if (isDone) return
  isDone = true
  registerHooks({
    resolve(specifier, context, next) {
      const url = provided[specifier]
      return url === undefined ? next(specifier, context) : { url, shortCircuit: true }
    },
  })
}
