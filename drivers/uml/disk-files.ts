/** The files of one disk, whatever kind it is, half-made ones too. */
import { access, rm } from 'node:fs/promises'
import type { DiskId } from '../../src/driver/vm-spec.ts'
import type { UmlHost } from './host.ts'
import { diskPath } from './host.ts'
import { diskFile, diskKinds } from './vm-record.ts'

/** No guest may have them any more. */
export async function removeDiskFiles(host: UmlHost, instanceId: string, id: DiskId): Promise<void> {
  const paths = diskKinds.map((kind) => diskPath(host, instanceId, diskFile(id, kind)))
  const there = await Promise.all(paths.flatMap((path) => [path, `${path}.part`]).map(ifThere))
  const found = there.filter((path) => path !== undefined)
  if (found.length === 0) return
  await host.native.run(async () => {
    for (const path of found) await rm(path, { force: true })
  })
}

async function ifThere(path: string): Promise<string | undefined> {
  return await access(path).then(
    () => path,
    () => undefined,
  )
}
