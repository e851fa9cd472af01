/**
 * From a consumer's wish to its access token: request token, a user's word (the verifier), exchange. What an access
 * token is good for is judged anew at each validation: it ends with the user, the project, and any role that the user
 * loses.
 */
import { createHash } from 'node:crypto'
import { conflict, notFound } from '../../model/errors.ts'
import type { ProjectId } from '../../model/ids.ts'
import type { AccessToken, RequestToken, SignedRequest, WithSecret } from '../../model/oauth1.ts'
import type { AuthContext } from '../../model/token.ts'
import { inTransaction } from '../../store/database.ts'
import type { Db } from '../../store/database.ts'
import * as store from '../../store/oauth1.ts'
import { findProject } from '../../store/projects.ts'
import type { Clock } from '../../util/clock.ts'
import { randomText } from '../../util/random-text.ts'
import { holdWithRoles, refuseDelegated, refuseNotCarried, refuseRestricted } from '../delegated.ts'
import { newIdentityId } from '../new-id.ts'
import type { DirectoryParts } from '../projects.ts'
import { rolesNamed, type RoleReference } from '../roles-named.ts'
import type { Seal } from '../seal.ts'
import { isSame, parseAuthorization, refused, signatureOf, type OAuthParameters } from './signature.ts'

/** As Keystone's. */
const requestTokenMs = 8 * 3_600_000
const accessTokenMs = 24 * 3_600_000
/** How far a consumer's clock may be off, either way. */
export const clockSkewMs = 300_000

export class OAuthDelegations {
  readonly #db: Db
  readonly #clock: Clock
  readonly #changed: () => void
  readonly #seal: Seal

  constructor({ db, clock, changed, seal }: DirectoryParts & { readonly seal: Seal }) {
    this.#db = db
    this.#clock = clock
    this.#changed = changed
    this.#seal = seal
  }

  /** A consumer asks for roles on a project. @throws PolyvisorError unauthorized, project-not-found */
  async request(signed: SignedRequest, projectId: string): Promise<WithSecret<RequestToken>> {
    const said = parseAuthorization(signed.authorization)
    await this.#verify(signed, said, undefined)
    if ((await findProject(this.#db, projectId as ProjectId)) === undefined) throw notFound('project', projectId)
    const nowMs = this.#clock.nowMs()
    const made: RequestToken = {
      id: newIdentityId(),
      consumerId: said.consumerKey,
      projectId: projectId as ProjectId,
      expiresAtMs: nowMs + requestTokenMs,
    }
    const secret = randomText(32)
    await store.insertRequestToken(this.#db, made, this.#seal.close(secret, made.id), nowMs)
    return { made, secret }
  }

  /**
   * The bearer lends roles of its own. @returns the verifier, which the bearer tells the consumer
   * @throws PolyvisorError request-token-not-found, forbidden, role-not-found, conflict when it was authorised before
   */
  async authorise(auth: AuthContext, id: string, references: readonly RoleReference[]): Promise<string> {
    refuseDelegated(auth, 'authorises nobody')
    refuseRestricted(auth, 'authorises nobody')
    const token = await store.findRequestToken(this.#db, id, this.#clock.nowMs())
    if (token === undefined) throw notFound('request-token', id)
    const { userId } = auth
    const { projectId } = token
    const roles = await rolesNamed(this.#db, references)
    refuseNotCarried(auth, projectId, roles)
    const verifier = randomText(16)
    await inTransaction(this.#db, async (trx) => {
      await holdWithRoles(trx, userId, projectId, roles)
      if (!(await store.authoriseRequestToken(trx, id, { userId, verifierHash: hashOf(verifier), roles })))
        throw conflict('authorised-already', 'That request token was authorised before: the consumer asks for another.')
    })
    return verifier
  }

  /** A consumer shows the verifier; its request token is used up. @throws PolyvisorError unauthorized */
  async exchange(signed: SignedRequest): Promise<WithSecret<AccessToken>> {
    const said = parseAuthorization(signed.authorization)
    const nowMs = this.#clock.nowMs()
    const asked = await store.findRequestToken(this.#db, said.token, nowMs)
    if (asked?.consumerId !== said.consumerKey) throw wrong()
    await this.#verify(signed, said, { id: asked.id, sealedSecret: asked.sealedSecret })
    const { userId, consumerId, projectId, verifierHash } = asked
    if (userId === null || verifierHash === null || !isSame(verifierHash, hashOf(said.verifier))) throw wrong()
    const secret = randomText(32)
    return inTransaction(this.#db, async (trx) => {
      const roles = await store.rolesOfOAuthToken(trx, asked.id)
      const made = { id: newIdentityId(), consumerId, projectId, userId, roles, expiresAtMs: nowMs + accessTokenMs }
      // Another exchange may have been quicker, and the roles may be gone.
      if (!(await store.deleteOAuthToken(trx, asked.id)) || roles.length === 0) throw wrong()
      await store.insertAccessToken(trx, made, this.#seal.close(secret, made.id), nowMs)
      return { made, secret }
    })
  }

  /** A login by an access token. @throws PolyvisorError unauthorized */
  async accessTokenOf(signed: SignedRequest): Promise<AccessToken> {
    const said = parseAuthorization(signed.authorization)
    const token = await store.findAccessToken(this.#db, said.token, this.#clock.nowMs())
    if (token?.consumerId !== said.consumerKey) throw wrong()
    await this.#verify(signed, said, token)
    return token
  }

  /** @throws PolyvisorError access-token-not-found */
  async get(userId: string, id: string): Promise<AccessToken> {
    const token = await store.findAccessToken(this.#db, id, this.#clock.nowMs())
    if (token?.userId !== userId) throw notFound('access-token', id)
    return token
  }

  list(userId: string): Promise<AccessToken[]> {
    return store.listAccessTokens(this.#db, userId, this.#clock.nowMs())
  }

  /** With the tokens that were made of it. @throws PolyvisorError access-token-not-found, forbidden */
  async delete(auth: AuthContext, userId: string, id: string): Promise<void> {
    refuseDelegated(auth, 'ends no other delegation')
    refuseRestricted(auth, 'ends no delegation')
    await this.get(userId, id)
    const found = await store.deleteOAuthToken(this.#db, id)
    this.#changed()
    if (!found) throw notFound('access-token', id)
  }

  /** Each signed request is good once. @throws PolyvisorError unauthorized */
  async #verify(
    signed: SignedRequest,
    said: OAuthParameters,
    token: { readonly id: string; readonly sealedSecret: string } | undefined,
  ): Promise<void> {
    const { consumerKey, nonce, timestampS } = said
    if (Math.abs(this.#clock.nowMs() - timestampS * 1000) > clockSkewMs)
      throw refused('its timestamp is too far from this service’s clock')
    const sealed = await store.findConsumerSecret(this.#db, consumerKey)
    if (sealed === undefined) throw wrong()
    const consumerSecret = this.#seal.open(sealed, consumerKey)
    const tokenSecret = token === undefined ? '' : this.#seal.open(token.sealedSecret, token.id)
    if (!isSame(said.signature, signatureOf(signed, said, consumerSecret, tokenSecret))) throw wrong()
    if (!(await store.useNonce(this.#db, consumerKey, nonce, timestampS)))
      throw refused('it was sent before: sign each request anew')
  }
}

function hashOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('hex')
}

function wrong() {
  return refused('the consumer, the token, the verifier or the signature is wrong')
}
