/** Users' credentials for other services, EC2 keys among them; users see their own, admins all. */
import { createHash, randomBytes } from 'node:crypto'
import type { Credential } from '../model/credential.ts'
import { badRequest, conflict, forbidden, notFound } from '../model/errors.ts'
import type { ProjectId, UserId } from '../model/ids.ts'
import type { AuthContext } from '../model/token.ts'
import * as store from '../store/credentials.ts'
import type { Db } from '../store/database.ts'
import { findProject, listProjectsOfUser } from '../store/projects.ts'
import { isUniqueViolation } from '../store/unique-violation.ts'
import { findUser } from '../store/users.ts'
import type { Clock } from '../util/clock.ts'
import { refuseDelegated } from './delegated.ts'
import { newIdentityId } from './new-id.ts'
import type { DirectoryParts } from './projects.ts'
import type { Seal } from './seal.ts'

export interface Ec2Credential {
  readonly access: string
  readonly secret: string
  readonly userId: UserId
  readonly projectId: ProjectId
}

export type CredentialChanges = Partial<Omit<Credential, 'id'>>

const ec2 = 'ec2'

export class CredentialStore {
  readonly #db: Db
  readonly #clock: Clock
  readonly #seal: Seal

  constructor({ db, clock, seal }: Pick<DirectoryParts, 'db' | 'clock'> & { readonly seal: Seal }) {
    this.#db = db
    this.#clock = clock
    this.#seal = seal
  }

  /** Somebody else's is not found. @throws PolyvisorError credential-not-found */
  async get(auth: AuthContext, id: string): Promise<Credential> {
    refuseLent(auth)
    const found = await store.findCredential(this.#db, id)
    if (found === undefined || !mayUse(auth, found)) throw notFound('credential', id)
    return this.#open(found)
  }

  async list(auth: AuthContext, filter: store.CredentialFilter): Promise<readonly Credential[]> {
    refuseLent(auth)
    const found = await store.listCredentials(this.#db, filter)
    return found.filter((one) => mayUse(auth, one)).map((one) => this.#open(one))
  }

  /** @throws PolyvisorError forbidden, user- or project-not-found, bad-request, credential-exists */
  async create(auth: AuthContext, wanted: Omit<Credential, 'id'>): Promise<Credential> {
    refuseLent(auth)
    refuseApplicationCredential(auth)
    const credential = { ...wanted, id: wanted.type === ec2 ? ec2IdOf(wanted) : newIdentityId() }
    await this.#check(auth, credential)
    try {
      await store.insertCredential(this.#db, this.#close(credential), this.#clock.nowMs())
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw conflict('credential-exists', 'There is an EC2 credential of that access key already. Choose another key.')
    }
    return credential
  }

  /** @throws PolyvisorError credential-not-found, forbidden, user- or project-not-found, bad-request */
  async update(auth: AuthContext, id: string, changes: CredentialChanges): Promise<Credential> {
    refuseApplicationCredential(auth)
    const changed = { ...(await this.get(auth, id)), ...changes }
    if (changed.type === ec2) ec2IdOf(changed)
    await this.#check(auth, changed)
    await store.replaceCredential(this.#db, this.#close(changed))
    return changed
  }

  /** @throws PolyvisorError credential-not-found, forbidden */
  async delete(auth: AuthContext, id: string): Promise<void> {
    refuseApplicationCredential(auth)
    await this.get(auth, id)
    if (!(await store.deleteCredential(this.#db, id))) throw notFound('credential', id)
  }

  /** With keys that are made up. @throws PolyvisorError forbidden, user- or project-not-found */
  async createEc2(auth: AuthContext, userId: UserId, projectId: ProjectId): Promise<Ec2Credential> {
    const [access, secret] = [randomBytes(16).toString('hex'), randomBytes(24).toString('hex')]
    const blob = JSON.stringify({ access, secret, trust_id: null, app_cred_id: null })
    await this.create(auth, { userId, projectId, type: ec2, blob })
    return { access, secret, userId, projectId }
  }

  /** @throws PolyvisorError credential-not-found */
  async getEc2(auth: AuthContext, userId: string, access: string): Promise<Ec2Credential> {
    const credential = await this.get(auth, idOfAccess(access))
    if (credential.userId !== userId) throw notFound('credential', access)
    return toEc2(credential)
  }

  async listEc2(auth: AuthContext, userId: string): Promise<readonly Ec2Credential[]> {
    return (await this.list(auth, { userId, type: ec2 })).map(toEc2)
  }

  /** @throws PolyvisorError credential-not-found, forbidden */
  async deleteEc2(auth: AuthContext, userId: string, access: string): Promise<void> {
    await this.getEc2(auth, userId, access)
    await this.delete(auth, idOfAccess(access))
  }

  async #check(auth: AuthContext, { userId, projectId, type }: Credential): Promise<void> {
    if (!auth.isAdmin && userId !== auth.userId) throw forbidden('You may keep credentials of your own only.')
    if ((await findUser(this.#db, userId)) === undefined) throw notFound('user', userId)
    if (projectId === null) {
      if (type === ec2) throw badRequest('no-project', 'An EC2 credential is for one project: name it in project_id.')
      return
    }
    if ((await findProject(this.#db, projectId)) === undefined) throw notFound('project', projectId)
    const mine = auth.isAdmin || (await listProjectsOfUser(this.#db, userId)).some(({ id }) => id === projectId)
    if (!mine) throw forbidden('You may keep credentials for projects on which you have a role only.')
  }

  #close({ blob, ...credential }: Credential): store.SealedCredential {
    return { ...credential, sealedBlob: this.#seal.close(blob, credential.id) }
  }

  #open({ sealedBlob, ...credential }: store.SealedCredential): Credential {
    return { ...credential, blob: this.#seal.open(sealedBlob, credential.id) }
  }
}

function mayUse(auth: AuthContext, { userId }: { readonly userId: string }): boolean {
  return auth.isAdmin || auth.userId === userId
}

/** What is kept here opens other doors than the one that was lent. */
function refuseLent(auth: AuthContext): void {
  refuseDelegated(auth, 'neither sees nor changes credentials')
}

/** Whoever has got hold of an application credential shall not make what outlives it. */
function refuseApplicationCredential({ applicationCredential }: AuthContext): void {
  if (applicationCredential?.unrestricted === false)
    throw forbidden('This token comes of a restricted application credential, which makes and deletes no credentials.')
}

/** As Keystone: an EC2 credential is found by its access key. @throws PolyvisorError bad-request */
function ec2IdOf({ blob }: Pick<Credential, 'blob'>): string {
  const { access } = parseEc2(blob)
  if (access === undefined)
    throw badRequest('malformed-blob', 'The blob of an EC2 credential is JSON with the texts access and secret.')
  return idOfAccess(access)
}

function idOfAccess(access: string): string {
  return createHash('sha256').update(access).digest('hex')
}

function toEc2({ userId, projectId, blob }: Credential): Ec2Credential {
  const { access = '', secret = '' } = parseEc2(blob)
  return { access, secret, userId, projectId: projectId ?? ('' as ProjectId) }
}

function parseEc2(blob: string): { readonly access?: string; readonly secret?: string } {
  try {
    const { access, secret } = JSON.parse(blob) as Readonly<Record<string, unknown>>
    return typeof access === 'string' && typeof secret === 'string' ? { access, secret } : {}
  } catch {
    return {}
  }
}
