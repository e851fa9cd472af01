/** A guest's screen as PNG: QEMU draws it, as a portable pixmap or as PNG by its version, and libvirt hands it over. */
import { DriverError } from '../../src/driver/driver-error.ts'
import { mostScreenshotBytes } from '../../src/driver/driver.ts'
import { childNamed, parseXml } from '../libvirt/xml-element.ts'
import { encodePng, isPng } from '../../src/util/png.ts'
import { unsupported, wrongState } from '../local/refusals.ts'
import type { QemuHost } from './host.ts'
import { readPixmap } from './pixmap.ts'
import { powerOf, requireVm } from './vm-record.ts'

/** Before it is compressed: 4096 x 2160 pixels. It is packed while others wait. */
const mostPixmapBytes = 3 * 4096 * 2160 + 64

/** @throws DriverError UNSUPPORTED for a VM without a display, or with one that is too large */
export async function takeScreenshot(host: QemuHost, uuid: string): Promise<Buffer> {
  const { domain, mark } = await requireVm(host, uuid)
  const power = mark.state === 'ready' ? powerOf(domain) : 'building'
  if (power !== 'on' && power !== 'paused') throw wrongState(power)
  if (!hasDisplay(await host.connection.call('xml', { uuid })))
    throw unsupported('This virtual machine has no display.')
  const picture = await host.connection.call('screenshot', { uuid, maxBytes: mostPixmapBytes })
  if (picture === null) throw tooLarge()
  const png = await toPng(Buffer.from(picture.base64, 'base64'))
  if (png.length > mostScreenshotBytes) throw tooLarge()
  return png
}

function hasDisplay(xml: string): boolean {
  const devices = childNamed(parseXml(xml), 'devices')
  const video = devices && childNamed(devices, 'video')
  return video !== undefined && childNamed(video, 'model')?.attributes['type'] !== 'none'
}

async function toPng(picture: Buffer): Promise<Buffer> {
  if (isPng(picture)) return picture
  const pixmap = readPixmap(picture)
  if (pixmap !== undefined) return await encodePng(pixmap.width, pixmap.height, pixmap.rgb)
  throw new DriverError('HYPERVISOR', 'The hypervisor drew a picture that is none.', { effect: 'none' })
}

function tooLarge(): DriverError {
  return unsupported('The display of this virtual machine is too large for a picture.')
}
