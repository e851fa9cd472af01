/**
 * Network namespaces as other machines: each has one link to this one and sees nothing else. Names hold the process that
 * made them, so that what a killed one left is removed by the next.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const polyvisor = fileURLToPath(new URL('../../bin/polyvisor', import.meta.url))
const command = ['/usr/sbin/ip', '/usr/bin/ip', '/sbin/ip'].find((path) => existsSync(path)) ?? ''
const folder = '/run/netns'
const prefix = 'pvns'
const ours = new RegExp(`^${prefix}(\\d+)-\\d+$`)
/** Of 10.213.0.0/16: sixteen links for each process, at a place that seldom is another's. */
const network = (process.pid % 1024) * 64

/** The reason to skip a test with, or false. */
export const namespacesMissing = ((): string | false => {
  if (command === '') return 'the command ip is missing; install the package iproute2'
  if (process.getuid?.() !== 0) return 'network namespaces need root'
  try {
    const name = nameOf(process.pid, 0)
    ip('netns', 'add', name)
    ip('netns', 'del', name)
    return false
  } catch (error) {
    return `this machine lets us make no network namespace: ${String(error)}`
  }
})()

export class NetworkNamespace {
  readonly name: string
  /** This machine, as it is seen from within. */
  readonly outside: string
  readonly inside: string
  readonly #outer: string
  readonly #inner: string

  /** @param index from 1 on, another for each namespace of this process */
  static make(index: number): NetworkNamespace {
    removeAbandoned()
    const made = new NetworkNamespace(index)
    process.once('exit', () => made.remove())
    try {
      made.#build()
      return made
    } catch (error) {
      made.remove()
      throw error
    }
  }

  private constructor(index: number) {
    this.name = nameOf(process.pid, index)
    this.#outer = `${prefix}${process.pid}o${index}`
    this.#inner = `${prefix}${process.pid}i${index}`
    this.outside = addressOf(index * 4 + 1)
    this.inside = addressOf(index * 4 + 2)
  }

  /** A `polyvisor` that runs within. */
  async writeCommand(inFolder: string): Promise<string> {
    const path = join(inFolder, `polyvisor-in-${this.name}`)
    await writeFile(path, `#!/bin/sh\nexec nsenter --net=${join(folder, this.name)} ${polyvisor} "$@"\n`, {
      mode: 0o755,
    })
    return path
  }

  /** As a cable that is pulled. */
  linkDown(): void {
    this.#ipInside('link', 'set', this.#inner, 'down')
  }

  linkUp(): void {
    this.#ipInside('link', 'set', this.#inner, 'up')
    // Went with the link.
    this.#ipInside('route', 'replace', 'default', 'via', this.outside)
  }

  /** What still runs within keeps it, without its link. */
  remove(): void {
    attempt('link', 'del', this.#outer)
    if (existsSync(join(folder, this.name))) attempt('netns', 'del', this.name)
  }

  /** nsenter and not `ip -n`, which remounts things, and cannot where the root folder is no mount (in a chroot). */
  #ipInside(...args: readonly string[]): void {
    const inside = [`--net=${join(folder, this.name)}`, command, ...args]
    execFileSync('nsenter', inside, { stdio: ['ignore', 'ignore', 'pipe'] })
  }

  #build(): void {
    ip('netns', 'add', this.name)
    ip('link', 'add', this.#outer, 'type', 'veth', 'peer', 'name', this.#inner)
    ip('link', 'set', this.#inner, 'netns', this.name)
    ip('addr', 'add', `${this.outside}/30`, 'dev', this.#outer)
    ip('link', 'set', this.#outer, 'up')
    this.#ipInside('link', 'set', 'lo', 'up')
    this.#ipInside('addr', 'add', `${this.inside}/30`, 'dev', this.#inner)
    this.linkUp()
  }
}

function nameOf(pid: number, index: number): string {
  return `${prefix}${pid}-${index}`
}

function addressOf(host: number): string {
  return `10.213.${(network + host) >> 8}.${(network + host) & 255}`
}

function removeAbandoned(): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const owner = ours.exec(name)?.[1]
    // A link goes with the namespace that its other end is in.
    if (owner !== undefined && !existsSync(`/proc/${owner}`)) attempt('netns', 'del', name)
  }
}

function attempt(...args: readonly string[]): void {
  try {
    ip(...args)
  } catch {
    // It is gone already.
  }
}

function ip(...args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
