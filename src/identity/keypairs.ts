/**
 * Users' key pairs. They stand with identity, though compute shows them: they belong to a user, not to a project, live
 * and die with the user, and know no instance. Private keys are made, handed out once and forgotten.
 */
import { badRequest, conflict, PolyvisorError } from '../model/errors.ts'
import type { UserId } from '../model/ids.ts'
import type { Keypair, KeypairType } from '../model/keypair.ts'
import { inTransaction, type Db } from '../store/database.ts'
import * as rows from '../store/keypairs.ts'
import { isUniqueViolation } from '../store/unique-violation.ts'
import { findUser, lockUser } from '../store/users.ts'
import type { Clock } from '../util/clock.ts'
import { generateKey } from './keys/generate-key.ts'
import { parseSshPublicKey } from './keys/ssh-public-key.ts'
import { parseCertificate } from './keys/x509-certificate.ts'

export interface NewKeypair {
  readonly name: string
  readonly type: KeypairType
  /** Made here when left out. */
  readonly publicKey?: string
}

export interface CreatedKeypair {
  readonly keypair: Omit<Keypair, 'id'>
  /** PEM; present when the key was made here. */
  readonly privateKey?: string
}

/** Throws when a user who has `had` key pairs may not have one more. Called in the transaction that makes it, and before. */
export type Admission = (had: number, db: Db) => Promise<void>

export class KeypairDirectory {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** @throws PolyvisorError bad-request (the key, the user), conflict (the name), what `admit` throws */
  async create(userId: UserId, wanted: NewKeypair, admit: Admission): Promise<CreatedKeypair> {
    const createdAtMs = this.#clock.nowMs()
    // What can be refused is refused before a key is made, and looked at again when it is kept.
    await this.#checkRoom(this.#db, userId, wanted.name, admit)
    const { privateKey, ...key } =
      wanted.publicKey === undefined
        ? await generateKey(wanted.type, userId, createdAtMs)
        : imported(wanted.type, wanted.publicKey)
    const keypair = { userId, name: wanted.name, type: wanted.type, ...key, createdAtMs }
    await inTransaction(this.#db, async (trx) => {
      // Counting and adding one are one thing.
      await lockUser(trx, userId)
      await this.#checkRoom(trx, userId, wanted.name, admit)
      try {
        await rows.insertKeypair(trx, keypair)
      } catch (error) {
        throw isUniqueViolation(error) ? nameTaken(wanted.name) : error
      }
    })
    return { keypair, ...(privateKey === undefined ? {} : { privateKey }) }
  }

  /** @throws PolyvisorError not-found */
  async get(userId: UserId, name: string): Promise<Keypair> {
    const keypair = await rows.findKeypair(this.#db, userId, name)
    if (keypair === undefined) throw unknown(userId, name)
    return keypair
  }

  /** By name. @throws PolyvisorError bad-request for an unknown marker */
  async list(
    userId: UserId,
    page: { readonly limit: number; readonly marker?: string | undefined },
  ): Promise<readonly Keypair[]> {
    const { marker } = page
    if (marker !== undefined && (await rows.findKeypair(this.#db, userId, marker)) === undefined) {
      throw badRequest('marker-not-found', `marker [${marker}] not found`)
    }
    return rows.listKeypairs(this.#db, userId, { limit: page.limit, afterName: marker })
  }

  /** @throws PolyvisorError not-found */
  async delete(userId: UserId, name: string): Promise<void> {
    if (!(await rows.deleteKeypair(this.#db, userId, name))) throw unknown(userId, name)
  }

  async #checkRoom(db: Db, userId: UserId, name: string, admit: Admission): Promise<void> {
    if ((await findUser(db, userId)) === undefined) throw badRequest('user-not-found', 'There is no such user.')
    if ((await rows.findKeypair(db, userId, name)) !== undefined) throw nameTaken(name)
    await admit(await rows.countKeypairs(db, userId), db)
  }
}

function imported(
  type: KeypairType,
  text: string,
): { readonly publicKey: string; readonly fingerprint: string; readonly privateKey?: never } {
  if (type === 'ssh') {
    const { line, fingerprint } = parseSshPublicKey(text)
    return { publicKey: line, fingerprint }
  }
  const { pem, fingerprint } = parseCertificate(text)
  return { publicKey: pem, fingerprint }
}

function nameTaken(name: string): PolyvisorError {
  return conflict('keypair-exists', `Key pair '${name}' already exists.`)
}

function unknown(userId: UserId, name: string): PolyvisorError {
  return new PolyvisorError('not-found', 'keypair-not-found', `Keypair ${name} not found for user ${userId}`)
}
