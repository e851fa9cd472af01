/** The identity and image faces over a database in memory and a folder of their own, every answer held against the contract. */
import type { ProjectId } from '../../src/model/ids.ts'
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express } from 'express'
import supertest from 'supertest'
import { createApi } from '../../src/api/server.ts'
import type { Services } from '../../src/api/services.ts'
import { bootstrapIdentity } from '../../src/identity/bootstrap-identity.ts'
import { ServiceCatalog } from '../../src/identity/service-catalog.ts'
import { createIdentityService } from '../../src/identity/identity-service.ts'
import { openFilesystemStore } from '../../src/images/filesystem-store.ts'
import { ImageImports, type ImageImportsParts } from '../../src/images/image-imports.ts'
import { ImageMembers } from '../../src/images/image-members.ts'
import { ImageService } from '../../src/images/image-service.ts'
import type { ImageServiceOptions } from '../../src/images/image-service.ts'
import { ImageTasks } from '../../src/images/image-tasks.ts'
import { Metadefs } from '../../src/images/metadefs.ts'
import { addressRule } from '../../src/images/web-download/address-rules.ts'
import { importMethods } from '../../src/model/image-task.ts'
import { IdempotencyRecords } from '../../src/operations/idempotency.ts'
import type { Db } from '../../src/store/database.ts'
import { systemClock } from '../../src/util/clock.ts'
import type { Logger } from '../../src/util/logger.ts'
import { openTestDatabase } from './test-database.ts'

export interface FaceHarness {
  readonly app: Express
  readonly db: Db
  readonly services: Services
  readonly imageFolder: string
  /** Everything that was logged, as one text. */
  readonly logged: () => string
  /** A token of the user, scoped to its default project unless told otherwise. */
  readonly tokenOf: (name: string, password: string, scope?: object) => Promise<string>
  readonly adminToken: string
  /** A project of that name with a user of that name and the password `pw`; @returns ids and a token. */
  readonly addTenant: (name: string, role: 'member' | 'reader') => Promise<Tenant>
  stop(): Promise<void>
}

export interface Tenant {
  readonly userId: string
  readonly projectId: ProjectId
  readonly token: string
}

export const publicUrl = 'https://cloud.example.org:8443'
export const adminPassword = 'the-admins-own-password'
const passwordCost = { memoryCost: 8, timeCost: 1, parallelism: 1 }

export async function startFaces(
  imageOptions: Partial<ImageServiceOptions> = {},
  download: ImageImportsParts['download'] = { isAllowed: addressRule([]), ports: [80, 443], maxMs: 60_000 },
): Promise<FaceHarness> {
  const lines: string[] = []
  const logger = recordingLogger(lines)
  const db = await openTestDatabase()
  const imageFolder = await mkdtemp(join(tmpdir(), 'polyvisor-faces-'))
  await bootstrapIdentity(db, { adminPassword: () => adminPassword, passwordCost })
  const identity = createIdentityService({ db, passwordCost })
  const store = await openFilesystemStore({ folder: imageFolder, reserveBytes: 0 })
  const images = new ImageService({ db, store, logger, ...imageOptions })
  const importParts = { db, store, images, clock: systemClock, logger, methods: importMethods, download }
  const imageImports = new ImageImports(importParts)
  const parts: Partial<Services> = {
    publicUrl,
    region: 'RegionOne',
    clock: systemClock,
    logger,
    authenticate: (token) => identity.validate(token),
    identity,
    catalog: new ServiceCatalog(db, { publicUrl, region: 'RegionOne' }),
    idempotency: new IdempotencyRecords(db, systemClock, logger),
    images,
    imageMembers: new ImageMembers(db, images),
    imageImports,
    imageTasks: new ImageTasks(db, images),
    metadefs: new Metadefs(db, systemClock),
  }
  // The other services belong to faces that these tests leave alone.
  const services = parts as Services
  const app = createApi(services, { validateResponses: true })
  const tokenOf = async (name: string, password: string, scope?: object): Promise<string> => {
    const user = { name, domain: { id: 'default' }, password }
    const auth = { identity: { methods: ['password'], password: { user } }, ...(scope === undefined ? {} : { scope }) }
    const response = await supertest(app).post('/identity/v3/auth/tokens').send({ auth })
    assert.equal(response.status, 201, response.text)
    return String(response.headers['x-subject-token'])
  }
  return {
    app,
    db,
    services,
    imageFolder,
    logged: () => lines.join('\n'),
    tokenOf,
    adminToken: await tokenOf('admin', adminPassword),
    async addTenant(name, roleName) {
      const project = await identity.projects.create({ name })
      const user = await identity.users.create({ name, password: 'pw', defaultProjectId: project.id })
      const [role] = await identity.roles.list({ name: roleName })
      await identity.assignments.assign({ userId: user.id }, role?.id ?? '', { projectId: project.id })
      return { userId: user.id, projectId: project.id, token: await tokenOf(name, 'pw') }
    },
    async stop() {
      await imageImports.stop()
      await db.destroy()
      await rm(imageFolder, { recursive: true })
    },
  }
}

function recordingLogger(lines: string[]): Logger {
  const record = (fields: object, message: string): void => {
    lines.push(
      `${message} ${JSON.stringify(fields, (_key, value: unknown) => (value instanceof Error ? value.stack : value))}`,
    )
  }
  const logger: Logger = { debug: record, info: record, warn: record, error: record, child: () => logger }
  return logger
}
