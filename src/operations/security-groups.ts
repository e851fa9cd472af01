/** Security groups of projects, and which of them an instance has. They are kept and shown; nothing filters by them yet. */
import { isIP } from 'node:net'
import { badRequest, forbidden, notFound, PolyvisorError } from '../model/errors.ts'
import type { InstanceId, ProjectId } from '../model/ids.ts'
import type { Instance } from '../model/instance.ts'
import { unlimited } from '../model/quotas.ts'
import { defaultGroupName, type SecurityGroup, type SecurityGroupRule } from '../model/security-group.ts'
import { inTransaction, type Db } from '../store/database.ts'
import { changeInstance, findInstanceToChange } from '../store/instances.ts'
import * as rows from '../store/security-groups.ts'
import type { Clock } from '../util/clock.ts'
import type { QuotaService } from './quota-service.ts'

/** On whose behalf: an admin reaches every project's groups by id. */
export interface GroupOwner {
  readonly projectId: ProjectId
  readonly isAdmin: boolean
}

export interface WantedRule {
  readonly groupId: string
  readonly protocol: string | null
  readonly fromPort: number | null
  readonly toPort: number | null
  /** Everything when neither this nor a group is given. */
  readonly cidr?: string | undefined
  readonly sourceGroupId?: string | undefined
}

const usualNames: readonly string[] = [defaultGroupName]
const everything = '0.0.0.0/0'
const protocols = ['tcp', 'udp', 'icmp'] as const

export class SecurityGroups {
  readonly #db: Db
  readonly #clock: Clock
  readonly #quotas: QuotaService

  constructor(db: Db, clock: Clock, quotas: QuotaService) {
    this.#db = db
    this.#clock = clock
    this.#quotas = quotas
  }

  /** The project's, its default group among them. */
  async list(projectId: ProjectId): Promise<readonly SecurityGroup[]> {
    const groups = await rows.listSecurityGroups(this.#db, projectId)
    if (groups.some(({ name }) => name === defaultGroupName)) return groups
    // Made when somebody looks; two who look at once make one.
    await rows.insertSecurityGroup(this.#db, newGroup(projectId, defaultGroupName, defaultGroupName))
    return rows.listSecurityGroups(this.#db, projectId)
  }

  /** Those that were made, of all projects. */
  listAll(): Promise<readonly SecurityGroup[]> {
    return rows.listSecurityGroups(this.#db)
  }

  /** @throws PolyvisorError not-found, also for other projects' */
  async get(id: string, owner: GroupOwner, db: Db = this.#db): Promise<SecurityGroup> {
    const group = await rows.findSecurityGroup(db, id)
    if (group === undefined || (group.projectId !== owner.projectId && !owner.isAdmin)) throw noGroup(id)
    return group
  }

  /** @throws PolyvisorError bad-request when there is one of that name, forbidden when there are as many as allowed */
  async create(projectId: ProjectId, name: string, description: string): Promise<SecurityGroup> {
    const group = newGroup(projectId, name, description)
    const usual = named(await this.list(projectId), defaultGroupName)
    return inTransaction(this.#db, async (trx) => {
      // The default group stands for the project: of two who create at once one counts after the other.
      await rows.lockSecurityGroup(trx, usual?.id ?? '')
      const had = (await rows.listSecurityGroups(trx, projectId)).length
      const { securityGroups: allowed } = await this.#quotas.limits(projectId, trx)
      if (allowed !== unlimited && had >= allowed) throw forbidden('Quota exceeded, too many security groups.')
      if (!(await rows.insertSecurityGroup(trx, group))) throw nameTaken(name)
      return { ...group, rules: [] }
    })
  }

  /** @throws PolyvisorError not-found, bad-request */
  update(
    id: string,
    owner: GroupOwner,
    words: { name: string; description?: string | undefined },
  ): Promise<SecurityGroup> {
    return inTransaction(this.#db, async (trx) => {
      await rows.lockSecurityGroup(trx, id)
      const before = await this.get(id, owner, trx)
      if (before.name === defaultGroupName && words.name !== defaultGroupName)
        throw badRequest('default-group', "Unable to update system group 'default': its name stays.")
      const group = { ...before, name: words.name, description: words.description ?? before.description }
      if (!(await rows.renameSecurityGroup(trx, group))) throw nameTaken(words.name)
      return group
    })
  }

  /** @throws PolyvisorError not-found, bad-request for the default group and for one that a server has */
  delete(id: string, owner: GroupOwner): Promise<void> {
    return inTransaction(this.#db, async (trx) => {
      await rows.lockSecurityGroup(trx, id)
      const group = await this.get(id, owner, trx)
      if (group.name === defaultGroupName) throw badRequest('default-group', "Unable to delete system group 'default'")
      if (await rows.isSecurityGroupUsed(trx, group))
        throw badRequest('security-group-in-use', `Security group ${id} is in use; take it from its servers first.`)
      await rows.deleteSecurityGroup(trx, id)
    })
  }

  /** @throws PolyvisorError not-found (its group), bad-request, forbidden when there are as many as allowed */
  async addRule(wanted: WantedRule, owner: GroupOwner): Promise<{ rule: SecurityGroupRule; group: SecurityGroup }> {
    return inTransaction(this.#db, async (trx) => {
      await rows.lockSecurityGroup(trx, wanted.groupId)
      const group = await this.get(wanted.groupId, owner, trx)
      const source = await this.#sourceOf(wanted, owner, trx)
      const rule = checkedRule(wanted, source)
      if (group.rules.some((other) => isSameRule(other, rule)))
        throw badRequest('rule-exists', `This rule already exists in group ${group.id}.`)
      const { securityGroupRules: allowed } = await this.#quotas.limits(group.projectId, trx)
      if (allowed !== unlimited && group.rules.length >= allowed)
        throw forbidden('Quota exceeded, too many security group rules.')
      await rows.insertSecurityGroupRule(trx, rule)
      return { rule, group }
    })
  }

  /** @throws PolyvisorError not-found */
  async deleteRule(ruleId: string, owner: GroupOwner): Promise<void> {
    const group = await rows.findGroupOfRule(this.#db, ruleId)
    if (group === undefined || (group.projectId !== owner.projectId && !owner.isAdmin)) {
      throw new PolyvisorError('not-found', 'rule-not-found', `Security group rule ${ruleId} could not be found.`)
    }
    await rows.deleteSecurityGroupRule(this.#db, ruleId)
  }

  /** Those of an instance: the default one unless it was told otherwise. */
  async ofInstance(instance: Pick<Instance, 'projectId' | 'attributes'>): Promise<readonly SecurityGroup[]> {
    const groups = await this.list(instance.projectId)
    const ids = idsOf(instance, groups)
    return groups.filter(({ id }) => ids.includes(id))
  }

  /** Of each instance in turn, the names of its groups, in order. One query, and none where nobody was told otherwise. */
  async namesOf(instances: readonly Pick<Instance, 'attributes'>[]): Promise<readonly (readonly string[])[]> {
    const ids = new Set(instances.flatMap(({ attributes }) => attributes?.securityGroupIds ?? []))
    const names = ids.size === 0 ? new Map<string, string>() : await rows.findSecurityGroupNames(this.#db, [...ids])
    return instances.map(({ attributes }) => {
      const own = attributes?.securityGroupIds
      return own === undefined ? usualNames : own.flatMap((id) => names.get(id) ?? []).sort()
    })
  }

  /** Names, or ids, of the project's groups. @throws PolyvisorError bad-request naming the first that there is not */
  async idsOfNames(projectId: ProjectId, names: readonly string[]): Promise<readonly string[]> {
    const groups = await this.list(projectId)
    const ids = names.map((name) => {
      const found = named(groups, name)
      if (found !== undefined) return found.id
      throw badRequest('security-group-not-found', `Security group ${name} not found for project ${projectId}.`)
    })
    return [...new Set(ids)]
  }

  /** @throws PolyvisorError not-found (the instance, the group), bad-request when it has it already */
  addTo(id: InstanceId, name: string): Promise<void> {
    return this.#changeGroups(id, name, (ids, group) => {
      if (!ids.includes(group.id)) return [...ids, group.id]
      throw badRequest('security-group-there', `Security group ${name} is already associated with the instance ${id}.`)
    })
  }

  /** @throws PolyvisorError not-found (the instance, the group, the group on it) */
  removeFrom(id: InstanceId, name: string): Promise<void> {
    return this.#changeGroups(id, name, (ids, group) => {
      if (ids.includes(group.id)) return ids.filter((other) => other !== group.id)
      const text = `Security group ${name} is not associated with the instance ${id}.`
      throw new PolyvisorError('not-found', 'security-group-not-there', text)
    })
  }

  async #changeGroups(
    id: InstanceId,
    name: string,
    change: (ids: readonly string[], group: SecurityGroup) => readonly string[],
  ): Promise<void> {
    await inTransaction(this.#db, async (trx) => {
      const instance = await findInstanceToChange(trx, id)
      if (instance === undefined || instance.deletedAtMs !== null) throw notFound('instance', id)
      await rows.insertSecurityGroup(trx, newGroup(instance.projectId, defaultGroupName, defaultGroupName))
      const groups = await rows.listSecurityGroups(trx, instance.projectId)
      const group = named(groups, name)
      // Whoever deletes it looks for its servers after this, or has deleted it.
      if (group === undefined || !(await rows.lockSecurityGroup(trx, group.id))) throw noGroup(name)
      const securityGroupIds = change(idsOf(instance, groups), group)
      const attributes = { ...instance.attributes, securityGroupIds }
      await changeInstance(trx, id, { attributes }, this.#clock.nowMs())
    })
  }

  async #sourceOf(wanted: WantedRule, owner: GroupOwner, trx: Db): Promise<SecurityGroupRule['source']> {
    if (wanted.sourceGroupId === undefined) return { cidr: checkedCidr(wanted.cidr ?? everything) }
    const { id, name } = await this.get(wanted.sourceGroupId, owner, trx)
    return { groupId: id, groupName: name }
  }
}

function newGroup(projectId: ProjectId, name: string, description: string): rows.NewSecurityGroup {
  return { id: crypto.randomUUID(), projectId, name, description }
}

function idsOf({ attributes }: Pick<Instance, 'attributes'>, groups: readonly SecurityGroup[]): readonly string[] {
  const usual = groups.filter(({ name }) => name === defaultGroupName).map(({ id }) => id)
  return attributes?.securityGroupIds ?? usual
}

function named(groups: readonly SecurityGroup[], name: string): SecurityGroup | undefined {
  return groups.find((group) => group.name === name) ?? groups.find((group) => group.id === name)
}

/** @throws PolyvisorError bad-request */
function checkedRule(wanted: WantedRule, source: SecurityGroupRule['source']): SecurityGroupRule {
  const { groupId, fromPort, toPort } = wanted
  const word = wanted.protocol?.toLowerCase() ?? null
  const protocol = word === null ? null : protocols.find((known) => known === word)
  if (protocol === undefined)
    throw badRequest('invalid-protocol', `Invalid IP protocol ${wanted.protocol}: it is tcp, udp or icmp.`)
  const rule = { id: crypto.randomUUID(), groupId, protocol, fromPort, toPort, source }
  if (protocol === null && 'cidr' in source)
    throw badRequest('protocol-missing', 'ip_protocol must be given with a cidr: tcp, udp or icmp.')
  if (protocol === null && fromPort === null && toPort === null) return rule
  if (fromPort === null || toPort === null || protocol === null)
    throw invalidPorts('both ports and the protocol are needed')
  if (protocol === 'icmp') {
    if (fromPort < -1 || fromPort > 255 || toPort < -1 || toPort > 255)
      throw invalidPorts('ICMP type and code are -1 to 255')
  } else if (fromPort < 1 || toPort > 65_535 || fromPort > toPort) {
    throw invalidPorts('ports are 1 to 65535, the first not behind the last')
  }
  return rule
}

function invalidPorts(why: string): PolyvisorError {
  return badRequest('invalid-port-range', `Invalid port range: ${why}.`)
}

/** @throws PolyvisorError bad-request */
function checkedCidr(text: string): string {
  const [address = '', bits = '', ...more] = text.split('/')
  const version = isIP(address)
  const most = version === 4 ? 32 : 128
  if (version !== 0 && !address.includes('%') && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most)
    return text
  throw badRequest('invalid-cidr', `Invalid cidr ${text}: it must be an address and a length, such as 10.0.0.0/8.`)
}

function isSameRule(one: SecurityGroupRule, other: SecurityGroupRule): boolean {
  const words = ({ protocol, fromPort, toPort, source }: SecurityGroupRule): string =>
    JSON.stringify([protocol, fromPort, toPort, 'cidr' in source ? source.cidr : source.groupId])
  return words(one) === words(other)
}

function noGroup(id: string): PolyvisorError {
  return new PolyvisorError('not-found', 'security-group-not-found', `Security group ${id} not found.`)
}

function nameTaken(name: string): PolyvisorError {
  return badRequest('security-group-exists', `Security group ${name} already exists.`)
}
