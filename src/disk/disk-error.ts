/**
 * Every refusal of the disk engine, as a stable code for programs and a sentence for people.
 * Owned by src/disk; the image service turns these into its own user-facing errors.
 */
export const diskErrorCodes = [
  /** No bytes, or a virtual disk of no sectors. */
  'empty',
  /** The content is not of the declared format. */
  'format-mismatch',
  /** The content is of two formats at once. */
  'polyglot',
  /** The image needs another image below it. */
  'backing-file',
  /** A qcow2 whose guest data lies in another file. */
  'data-file',
  /** A VMDK whose extents lie in other files or on devices. */
  'external-extent',
  'encrypted',
  /** Not closed properly: a journal to replay, or metadata to repair. */
  'dirty',
  /** Fields or tables that contradict the format, each other or the file. */
  'corrupt',
  /** A feature bit or a required item that this engine does not know. */
  'unknown-feature',
  /** Something that the image describes lies past the end of the file. */
  'truncated',
  /** Above one of the stated caps. */
  'too-large',
  /** Well known, and not readable here: another format or variant. */
  'not-supported',
  /** An option that the target format does not have, or a value that it cannot take. */
  'bad-option',
  /** What was written does not read back as what was read. */
  'verify-failed',
] as const
export type DiskErrorCode = (typeof diskErrorCodes)[number]

/** `message` is for the uploader: what is wrong and what to do next. It never quotes strings out of the image. */
export class DiskError extends Error {
  override readonly name = 'DiskError'
  readonly code: DiskErrorCode
  /** Of a `format-mismatch`: what the content is. `raw` means that it bears no format's mark. */
  readonly found: string | undefined

  constructor(
    code: DiskErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly found?: string } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.found = options.found
  }
}

/** A field or table that contradicts the format. `what` reads like "qcow2: the L1 table is not aligned". */
export function corrupt(what: string): DiskError {
  return new DiskError('corrupt', `${what}. The image is damaged; export or convert it again from its source.`)
}

/** `what` names the thing that ends outside the file, like "the qcow2 L1 table". */
export function truncated(what: string): DiskError {
  return new DiskError(
    'truncated',
    `${what} lies past the end of the file. The image was cut short or damaged; compare its size and checksum with the original and upload it again.`,
  )
}

/** `what` names the thing, `limit` the cap in words. */
export function tooLarge(what: string, limit: string): DiskError {
  return new DiskError('too-large', `${what} is above the limit of ${limit}. Use a smaller disk, or convert the image.`)
}
