/** What a machine needs for the uml driver. */
import type { SystemPackage } from '../local/system-packages.ts'
import { compilerPackage, needsRegistersShim } from './registers-shim.ts'

/** @param kernel a command's name or a path */
export function neededPackages(kernel: string): readonly SystemPackage[] {
  return [
    { name: 'user-mode-linux', provides: `the kernel ${kernel}`, oneOf: [kernel] },
    { name: 'uml-utilities', provides: 'the command uml_mconsole', oneOf: ['uml_mconsole'] },
    { name: 'uml-utilities', provides: 'the command uml_switch', oneOf: ['uml_switch'] },
    { name: 'util-linux', provides: 'the command setpriv', oneOf: ['setpriv'] },
    { name: 'util-linux', provides: 'the command setarch', oneOf: ['setarch'] },
    { name: 'util-linux', provides: 'the command prlimit', oneOf: ['prlimit'] },
    ...(needsRegistersShim() ? [compilerPackage] : []),
  ]
}
