import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { readPng } from '../../drivers/conformance/read-png.ts'
import { readPixmap } from '../../drivers/qemu/pixmap.ts'
import { encodePng, isPng } from '../../src/util/png.ts'

/** The pixels again, by PNG's own rule for rows that are filtered by the row above. */
function pixelsOf(png: Buffer, width: number, height: number): Buffer {
  const rows = inflateSync(png.subarray(8 + 25 + 8, png.length - 12 - 4))
  const rgb = Buffer.alloc(3 * width * height)
  for (let row = 0; row < height; row++) {
    const from = row * (3 * width + 1)
    assert.equal(rows[from], 2)
    for (let at = 0; at < 3 * width; at++) {
      const above = row === 0 ? 0 : (rgb[(row - 1) * 3 * width + at] ?? 0)
      rgb[row * 3 * width + at] = (rows[from + 1 + at] ?? 0) + above
    }
  }
  return rgb
}

test('a picture comes back pixel by pixel', async () => {
  const size = fc.integer({ min: 1, max: 9 })
  const picture = fc
    .tuple(size, size)
    .chain(([width, height]) =>
      fc.tuple(
        fc.constant(width),
        fc.constant(height),
        fc.uint8Array({ minLength: 3 * width * height, maxLength: 3 * width * height }),
      ),
    )
  await fc.assert(
    fc.asyncProperty(picture, async ([width, height, bytes]) => {
      const rgb = Buffer.from(bytes)
      const png = await encodePng(width, height, rgb)
      assert.ok(isPng(png))
      assert.deepEqual(readPng(png), { width, height })
      assert.deepEqual(pixelsOf(png, width, height), rgb)
      assert.throws(() => readPng(png.subarray(0, -1)))
    }),
  )
  await assert.rejects(encodePng(2, 2, Buffer.alloc(3)), RangeError)
  assert.equal(isPng(Buffer.from('no picture')), false)
})

test('a pixmap is read with comments in its header, and what is none is not', () => {
  const rgb = Buffer.from([1, 2, 3, 10, 35, 32])
  for (const header of ['P6\n2 1\n255\n', 'P6 # two\n#pixels\n2\t1 255 '])
    assert.deepEqual(readPixmap(Buffer.concat([Buffer.from(header), rgb])), { width: 2, height: 1, rgb })
  for (const wrong of ['', 'P5\n2 1\n255\n', 'P6\n2 1\n65535\n', 'P6\n0 1\n255\n', 'P6\n3 1\n255\n', 'P6\n2 1'])
    assert.equal(readPixmap(Buffer.concat([Buffer.from(wrong), rgb])), undefined, wrong)
})
