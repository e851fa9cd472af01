/**
 * `write-tebibyte.ts FORMAT [KEY=VALUE]`: gives the writer of a format 1 TiB of data and forgets what it writes. A process of
 * its own, so that what it prints, its peak memory in MB, is that of nothing else.
 */
import assert from 'node:assert/strict'
import { maxExtentBytes } from '../../src/disk/disk.ts'
import { diskFormatModule } from '../../src/disk/formats/index.ts'
import type { DiskFormat } from '../../src/model/disk-formats.ts'

const sizeBytes = 1024 ** 4
const [format = 'qcow2', ...options] = process.argv.slice(2)
let writtenBytes = 0
const sink = {
  isSeekable: true,
  async write(_: number, bytes: Buffer) {
    writtenBytes += bytes.length
  },
  setSize: async () => undefined,
}
const writer = await diskFormatModule(format as DiskFormat).create?.(sink, {
  options: Object.fromEntries(options.map((option) => option.split('=', 2) as [string, string])),
  virtualSizeBytes: sizeBytes,
})
assert.ok(writer !== undefined)
// The same bytes at every place: what they are makes no difference to where they go.
const data = Buffer.alloc(maxExtentBytes, 'x')
for (let offset = 0; offset < sizeBytes; offset += data.length) {
  await writer.write({ kind: 'data', offset, length: data.length, data, release: () => undefined })
}
await writer.finish(sizeBytes)
assert.ok(writtenBytes >= sizeBytes)
console.log(Math.round(process.resourceUsage().maxRSS / 1024))
