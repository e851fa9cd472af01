/** How a program gets mounts of its own, which nobody else sees. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** @returns a command line, without the program and its arguments; undefined where it is not permitted */
export function ownMounts(): string | undefined {
  if (spawnSync('unshare', ['-m', 'true']).status === 0) return 'unshare -m'
  // In a chroot nothing can be made private, and need not be where nothing is shared.
  const isShared = / shared:\d+ /.test(readFileSync('/proc/self/mountinfo', 'utf8'))
  const unchanged = ['-m', '--propagation', 'unchanged']
  if (isShared || spawnSync('unshare', [...unchanged, 'true']).status !== 0) return undefined
  return `unshare ${unchanged.join(' ')}`
}
