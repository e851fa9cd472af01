import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertHeaderFits, DiskError, sniffHeadBytes, sniffHeader } from '../../src/disk/index.ts'
import * as handmade from './handmade-images.ts'

const head = (image: Buffer): Buffer => image.subarray(0, sniffHeadBytes)
const isCode = (code: string) => (error: unknown) => error instanceof DiskError && error.code === code

test('the first bytes tell every format but raw and fixed VHD', () => {
  assert.equal(sniffHeader(head(handmade.qcow2Image())), 'qcow2')
  assert.equal(sniffHeader(head(handmade.vmdkImage())), 'vmdk')
  assert.equal(sniffHeader(Buffer.from(handmade.vmdkDescriptor())), 'vmdk')
  assert.equal(sniffHeader(head(handmade.vhdDynamicImage())), 'vhd')
  assert.equal(sniffHeader(head(handmade.vhdxImage())), 'vhdx')
  assert.equal(sniffHeader(head(handmade.vdiImage())), 'vdi')
  assert.equal(sniffHeader(head(handmade.isoImage())), 'iso')
  assert.equal(sniffHeader(head(handmade.vhdFixedImage())), undefined)
  assert.equal(sniffHeader(Buffer.alloc(512)), undefined)
  assert.equal(sniffHeader(Buffer.alloc(0)), undefined)
})

test('an upload that lies is refused by its first bytes', () => {
  assert.throws(() => assertHeaderFits(handmade.qcow2Image(), 'raw'), isCode('format-mismatch'))
  assert.throws(() => assertHeaderFits(Buffer.alloc(512), 'qcow2'), isCode('format-mismatch'))
  assert.throws(() => assertHeaderFits(handmade.isoImage(), 'raw'), isCode('format-mismatch'))
  assert.throws(() => assertHeaderFits(Buffer.from('QED\0'), 'qcow2'), isCode('format-mismatch'))
  assert.throws(() => assertHeaderFits(Buffer.from('LUKS\xba\xbe', 'latin1'), 'raw'), isCode('encrypted'))
  const both = handmade.isoImage()
  handmade.vdiImage().copy(both)
  assert.throws(() => assertHeaderFits(both, 'iso'), isCode('polyglot'))
  assert.equal(sniffHeader(both), undefined)
  assert.doesNotThrow(() => assertHeaderFits(handmade.qcow2Image(), 'qcow2'))
  assert.doesNotThrow(() => assertHeaderFits(Buffer.alloc(512), 'raw'))
  assert.doesNotThrow(() => assertHeaderFits(head(handmade.vhdFixedImage()), 'vhd'))
})
