/** What a hypervisor answers that says OK to every change and makes none: for the conformance kit alone. */
import type { LibvirtArgs, LibvirtCallName } from './protocol.ts'

const lied: ReadonlySet<LibvirtCallName> = new Set([
  'define',
  'undefine',
  'setMetadata',
  'setTitle',
  'create',
  'destroy',
  'shutdown',
  'reboot',
  'reset',
  'suspend',
  'resume',
  'managedSave',
  'managedSaveRemove',
  'attachDevice',
  'detachDevice',
])

/** @returns undefined for what it answers truly: questions, and what is done over minutes */
export function lieTo<Name extends LibvirtCallName>(
  name: Name,
  args: LibvirtArgs<Name>,
): { readonly value: unknown } | undefined {
  if (!lied.has(name)) return undefined
  const xml = 'xml' in args ? args.xml : null
  return { value: name === 'define' ? (/<uuid>([^<]*)</.exec(xml ?? '')?.[1] ?? '') : null }
}
