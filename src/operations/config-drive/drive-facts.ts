/** What a guest is told by a config drive, whatever its layout. */
import type { Nic } from '../../model/network.ts'
import type { Json } from '../../util/json.ts'

export interface DriveFacts {
  readonly instanceId: string
  readonly name: string
  readonly hostname: string
  readonly availabilityZone: string
  readonly projectId: string
  /** Which of those that one request made. */
  readonly launchIndex: number
  readonly metadata: Readonly<Record<string, string>>
  readonly key: { readonly name: string; readonly type: string; readonly publicKey: string } | null
  readonly adminPass: string | null
  readonly userData: Buffer | null
  readonly files: readonly { readonly path: string; readonly content: Buffer }[]
  /** Their addresses come by DHCP. */
  readonly nics: readonly Nic[]
}

export interface DriveFile {
  /** Where it is found; all of them hold the same. */
  readonly paths: readonly string[]
  readonly content: Buffer
}

export function jsonFile(paths: readonly string[], value: Json): DriveFile {
  return { paths, content: Buffer.from(JSON.stringify(value)) }
}
