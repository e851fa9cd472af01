/**
 * Takes an upload's bytes into the store: streamed, hashed on the way, looked at by our own inspection before anybody
 * sees them, then made durable. Whatever goes wrong, nothing is left in the store.
 */
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { DiskError } from '../disk/disk-error.ts'
import { inspectDisk } from '../disk/inspect-disk.ts'
import { assertHeaderFits, sniffHeadBytes } from '../disk/sniff.ts'
import type { DiskFormat } from '../model/disk-formats.ts'
import { badRequest, PolyvisorError } from '../model/errors.ts'
import type { ImageContent } from '../model/image.ts'
import type { ImageId } from '../model/ids.ts'
import { BrokenStreamError, readChunks } from '../util/read-chunks.ts'
import type { ImageStore, IncomingImage } from './image-store.ts'

export interface ReceiveLimits {
  readonly maxImageBytes: number
  /** Longest silence of the uploader. */
  readonly idleTimeoutMs: number
}

export interface UploadBody {
  readonly body: Readable
  /** What the uploader announced, if anything. */
  readonly contentLength?: number | undefined
}

export interface Upload extends UploadBody {
  readonly imageId: ImageId
  readonly diskFormat: DiskFormat
  readonly signal: AbortSignal
  /** Asked at the last moment before the bytes get the image's name. @throws what then ends the upload */
  readonly confirm: () => Promise<void>
}

export interface ReceivedImage {
  readonly content: ImageContent
  /** Takes its file out of the store again, and no other's. */
  discard(): Promise<void>
}

/** @throws PolyvisorError in words for the uploader; other errors are ours */
export async function receiveImage(store: ImageStore, limits: ReceiveLimits, upload: Upload): Promise<ReceivedImage> {
  if ((upload.contentLength ?? 0) > limits.maxImageBytes) throw tooLarge(limits)
  let incoming: IncomingImage | undefined
  try {
    const begun = (incoming = await store.begin(upload.imageId))
    const received = await copy(begun, limits, upload)
    if (upload.contentLength !== undefined && received.sizeBytes !== upload.contentLength)
      throw new BrokenStreamError('cut')
    const inspected = await inspect(begun, upload)
    upload.signal.throwIfAborted()
    await begun.commit(upload.confirm)
    return { content: { ...received, ...inspected }, discard: () => begun.abort() }
  } catch (error) {
    await incoming?.abort()
    throw explain(error)
  }
}

/**
 * Bytes that bear no mark of the format that they are said to have are kept, as OpenStack's image stores do, and never
 * booted: clients upload anything as `qcow2`. A mark that says something else than the uploader is refused.
 */
async function inspect(
  incoming: IncomingImage,
  { diskFormat: declaredFormat, signal }: Upload,
): Promise<Pick<ImageContent, 'virtualSizeBytes' | 'fault'>> {
  try {
    const { virtualSizeBytes } = await inspectDisk(await incoming.source(), { declaredFormat, signal })
    return { virtualSizeBytes, fault: null }
  } catch (error) {
    if (isUnmarked(error)) return { virtualSizeBytes: null, fault: error.message }
    throw error
  }
}

function isUnmarked(error: unknown): error is DiskError {
  return error instanceof DiskError && error.code === 'format-mismatch' && error.found === 'raw'
}

async function copy(
  incoming: IncomingImage,
  limits: ReceiveLimits,
  { body, diskFormat, signal }: Upload,
): Promise<Omit<ImageContent, 'virtualSizeBytes' | 'fault'>> {
  const hashes = { md5: createHash('md5'), sha256: createHash('sha256'), sha512: createHash('sha512') }
  const head = new HeadCheck(diskFormat)
  let sizeBytes = 0
  for await (const chunk of readChunks(body, { signal, idleTimeoutMs: limits.idleTimeoutMs })) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > limits.maxImageBytes) throw tooLarge(limits)
    head.add(chunk)
    const written = incoming.write(chunk)
    // Hashed while the write is under way; a failed write is met two lines below.
    written.catch(() => undefined)
    for (const hash of Object.values(hashes)) hash.update(chunk)
    await written
  }
  return {
    sizeBytes,
    md5: hashes.md5.digest('hex'),
    sha256: hashes.sha256.digest('hex'),
    sha512: hashes.sha512.digest('hex'),
  }
}

/** Refuses a lie about the format as soon as the first bytes show it, instead of after the last. */
class HeadCheck {
  readonly #declared: DiskFormat
  #head: Buffer = Buffer.alloc(0)
  #isDone = false

  constructor(declared: DiskFormat) {
    this.#declared = declared
  }

  add(chunk: Buffer): void {
    if (this.#isDone) return
    this.#head = Buffer.concat([this.#head, chunk.subarray(0, sniffHeadBytes - this.#head.length)])
    if (this.#head.length < sniffHeadBytes) return
    this.#isDone = true
    try {
      assertHeaderFits(this.#head, this.#declared)
    } catch (error) {
      if (!isUnmarked(error)) throw error
    }
    this.#head = Buffer.alloc(0)
  }
}

const fullCodes = ['ENOSPC', 'EDQUOT', 'EFBIG']

function explain(error: unknown): unknown {
  if (error instanceof DiskError) return badRequest(`image-${error.code}`, error.message)
  if (error instanceof BrokenStreamError) {
    // Whoever broke the stream may have said why.
    if (error.cause instanceof PolyvisorError) return error.cause
    return error.reason === 'idle'
      ? new PolyvisorError('timeout', 'upload-stalled', 'The upload sent nothing for too long. Upload the image again.')
      : badRequest('upload-cut', 'The upload ended before all of its bytes were there. Upload the image again.')
  }
  // Another upload's bytes became visible while this one was paused.
  if ((error as { code?: unknown } | null)?.code === 'EEXIST') return overtaken()
  if (fullCodes.includes(String((error as { code?: unknown } | null)?.code))) {
    const message = 'The image store has no room for this image. Delete images that nobody needs, or ask the operator.'
    return new PolyvisorError('storage-full', 'image-store-full', message, { cause: error })
  }
  return error
}

function tooLarge({ maxImageBytes }: ReceiveLimits): PolyvisorError {
  return new PolyvisorError('too-large', 'image-too-large', `An image may have ${maxImageBytes} bytes at most.`)
}

/** Whose bytes these were for is gone, or has others. */
export function overtaken(): PolyvisorError {
  return new PolyvisorError(
    'gone',
    'image-deleted',
    'The image was deleted, or got other data, while this data was on its way.',
  )
}
