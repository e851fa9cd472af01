/**
 * What must exist before anybody can log in. Run at every start: it adds what is missing and changes nothing that is
 * there, so a password changed later stays changed.
 */
import { defaultDomainId } from '../model/identity.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import { inTransaction } from '../store/database.ts'
import type { Db } from '../store/database.ts'
import { findDomain, insertDomain } from '../store/domains.ts'
import { findProjectByName, insertProject } from '../store/projects.ts'
import { insertAssignment } from '../store/role-assignments.ts'
import { findRole, insertImpliedRole, insertRole } from '../store/roles.ts'
import { isUniqueViolation } from '../store/unique-violation.ts'
import { findUserByName, insertUser } from '../store/users.ts'
import { newIdentityId } from './new-id.ts'
import { createPasswords } from './passwords.ts'
import type { PasswordCost } from './passwords.ts'
import { builtInRoles } from './roles.ts'

export interface BootstrapOptions {
  /** Asked for only when there is no admin yet. */
  readonly adminPassword: () => string | Promise<string>
  readonly passwordCost?: PasswordCost
  readonly nowMs?: number
}

export interface BootstrapResult {
  readonly adminUserId: UserId
  readonly adminProjectId: ProjectId
  /** True when this call made the user, and so set the password. */
  readonly createdAdmin: boolean
}

export async function bootstrapIdentity(db: Db, options: BootstrapOptions): Promise<BootstrapResult> {
  const nowMs = options.nowMs ?? Date.now()
  const exists = (await findUserByName(db, defaultDomainId, 'admin')) !== undefined
  // Hashed outside the transaction: it takes long, and the store has one writer.
  const passwordHash = exists ? null : await createPasswords(options.passwordCost).hash(await options.adminPassword())
  // Of several processes that start at once the first makes what is missing, and the others find it.
  const make = (): Promise<BootstrapResult> => makeMissing(db, passwordHash, nowMs)
  return make().catch((error: unknown) => (isUniqueViolation(error) ? make() : Promise.reject(error as Error)))
}

async function makeMissing(db: Db, passwordHash: string | null, nowMs: number): Promise<BootstrapResult> {
  return inTransaction(db, async (trx) => {
    if ((await findDomain(trx, { id: defaultDomainId })) === undefined) {
      await insertDomain(trx, {
        id: defaultDomainId,
        name: 'Default',
        description: 'The default domain',
        enabled: true,
        immutable: false,
      })
    }
    const roleIds: string[] = []
    for (const name of builtInRoles) roleIds.push(await ensureRole(trx, name))
    for (const [index, implied] of roleIds.slice(1).entries()) {
      await insertImpliedRole(trx, roleIds[index] ?? '', implied)
    }
    const adminProjectId = await ensureAdminProject(trx, nowMs)
    const admin = await ensureAdminUser(trx, adminProjectId, passwordHash, nowMs)
    const [adminRoleId = ''] = roleIds
    const holder = { userId: admin.id }
    await insertAssignment(trx, holder, adminRoleId, { projectId: adminProjectId })
    await insertAssignment(trx, holder, adminRoleId, { system: true })
    return { adminUserId: admin.id, adminProjectId, createdAdmin: admin.created }
  })
}

async function ensureRole(trx: Db, name: string): Promise<string> {
  const found = await findRole(trx, { name })
  if (found !== undefined) return found.id
  const id = newIdentityId()
  await insertRole(trx, { id, name, description: null, domainId: null, immutable: false })
  return id
}

async function ensureAdminProject(trx: Db, nowMs: number): Promise<ProjectId> {
  const found = await findProjectByName(trx, defaultDomainId, 'admin')
  if (found !== undefined) return found.id
  const id = newIdentityId() as ProjectId
  const description = 'The project of the service’s own admin'
  await insertProject(trx, {
    id,
    domainId: defaultDomainId,
    name: 'admin',
    description,
    parentId: null,
    enabled: true,
    immutable: false,
    tags: [],
    createdAtMs: nowMs,
  })
  return id
}

async function ensureAdminUser(
  trx: Db,
  defaultProjectId: ProjectId,
  passwordHash: string | null,
  nowMs: number,
): Promise<{ id: UserId; created: boolean }> {
  const found = await findUserByName(trx, defaultDomainId, 'admin')
  if (found !== undefined) return { id: found.id, created: false }
  const id = newIdentityId() as UserId
  const facts = { name: 'admin', description: null, email: null, enabled: true, createdAtMs: nowMs }
  const rest = { ...facts, options: {}, extra: {} }
  await insertUser(trx, { id, domainId: defaultDomainId, defaultProjectId, ...rest }, passwordHash)
  return { id, created: true }
}
