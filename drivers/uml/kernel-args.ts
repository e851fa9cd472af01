/**
 * The kernel's command line as far as the image may have a say (`os_command_line`). UML's own parameters name files and
 * devices of the host, so only what is known to be harmless is let through.
 */
import { DriverError } from '../../src/driver/driver-error.ts'

const defaults = ['root=/dev/ubda', 'rw'] as const

const allowed = [
  /^root=(\/dev\/ubd[a-p][0-9]{0,2}|(UUID|LABEL|PARTUUID|PARTLABEL)=[A-Za-z0-9._-]{1,64})$/,
  /^(ro|rw|single|quiet|noinitrd|rootwait)$/,
  /^[1-5]$/,
  /^init=\/[A-Za-z0-9._/-]{1,128}$/,
  /^rootfstype=[a-z0-9,]{1,64}$/,
  /^rootflags=[A-Za-z0-9._,=@/-]{1,128}$/,
  /^(systemd|fsck|ds|cloud-init)[.=][A-Za-z0-9._=:;/-]{1,256}$/,
] as const

/** @throws DriverError INVALID_SPEC naming the parameter */
export function kernelArgsOf(properties: Readonly<Record<string, string>>): readonly string[] {
  const wanted = (properties['os_command_line'] ?? '').split(/\s+/).filter((word) => word !== '')
  for (const word of wanted) {
    if (!allowed.some((pattern) => pattern.test(word)))
      throw new DriverError(
        'INVALID_SPEC',
        `The image's os_command_line has a parameter that is not allowed: ${word}`,
        {
          effect: 'none',
        },
      )
  }
  const isRoot = (word: string): boolean => word.startsWith('root=')
  const isMode = (word: string): boolean => word === 'ro' || word === 'rw'
  const missing = defaults.filter((word) => !wanted.some(isRoot(word) ? isRoot : isMode))
  return [...missing, ...wanted]
}
