/** Debian's own `openstack` command, as a third party that judges our API. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import type { OpenrcVariables } from '../../src/cli/openrc.ts'
import { runOpenstack } from './openstack-forks.ts'

const command = '/usr/bin/openstack'

/** Why its tests must be skipped here, or false. */
export const openstackMissing = existsSync(command)
  ? false
  : `${command} is missing; run: apt-get install python3-openstackclient`

export class OpenstackClient {
  private readonly environment: OpenrcVariables

  constructor(openrc: OpenrcVariables) {
    this.environment = openrc
  }

  /** The same command for the bearer of a token: it refuses to take one beside a user's name. */
  withToken(token: string): OpenstackClient {
    const isUsers = /^OS_(USER|PASSWORD|AUTH_TYPE)/
    const rest = Object.fromEntries(Object.entries(this.environment).filter(([name]) => !isUsers.test(name)))
    return new OpenstackClient({ ...rest, OS_AUTH_TYPE: 'v3token', OS_TOKEN: token })
  }

  /** The same command for another user, on the same project. */
  withUser(name: string, password: string): OpenstackClient {
    return new OpenstackClient({ ...this.environment, OS_USERNAME: name, OS_PASSWORD: password })
  }

  /** The same command for a trustee, on the project of the trust. */
  withTrust(name: string, password: string, trustId: string): OpenstackClient {
    const rest = Object.entries(this.environment).filter(([key]) => !/^OS_PROJECT/.test(key))
    const trustee = { OS_USERNAME: name, OS_PASSWORD: password, OS_TRUST_ID: trustId }
    return new OpenstackClient({ ...Object.fromEntries(rest), ...trustee })
  }

  /** The same command for the bearer of an application credential, which brings its project along. */
  withApplicationCredential(id: string, secret: string): OpenstackClient {
    const isKept = /^OS_(AUTH_URL|IDENTITY_API_VERSION|REGION_NAME|INTERFACE)$/
    const rest = Object.fromEntries(Object.entries(this.environment).filter(([name]) => isKept.test(name)))
    return new OpenstackClient({
      ...rest,
      OS_AUTH_TYPE: 'v3applicationcredential',
      OS_APPLICATION_CREDENTIAL_ID: id,
      OS_APPLICATION_CREDENTIAL_SECRET: secret,
    })
  }

  /** @returns stdout @throws Error with everything it printed */
  async run(...args: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await runOpenstack(args, this.#variables())
    if (status === 0) return stdout
    throw new Error(`openstack ${args.join(' ')}\nfailed (${status}):\n${stdout}\n${stderr}`)
  }

  /** The installed command itself: slower, and the measure for the other. @returns stdout */
  async runInstalled(...args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(command, args, { env: this.#variables() })
    return stdout
  }

  /** Nothing of the caller's environment but what a shell has: other OS_… variables would mislead it. */
  #variables(): Record<string, string> {
    return {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: process.env['HOME'] ?? '/root',
      LANG: 'C.UTF-8',
      ...this.environment,
    }
  }

  /** Runs it with `-f json`. */
  async json<T>(...args: readonly string[]): Promise<T> {
    const text = await this.run(...args, '-f', 'json')
    try {
      return JSON.parse(text) as T
    } catch (cause) {
      throw new Error(`openstack ${args.join(' ')} -f json printed no JSON:\n${text}`, { cause })
    }
  }
}
