/** A picture of a guest's display, on its way to whoever asked: nothing but a PNG of bounded size, whatever the driver says. */
import { DriverError, mostScreenshotBytes, type ScreenshotAbility, type VmRef } from '../driver/index.ts'
import { isPng } from '../util/png.ts'

/** @throws DriverError */
export async function takeScreenshot(screenshot: ScreenshotAbility, ref: VmRef): Promise<{ readonly base64: string }> {
  const png = await screenshot.take(ref)
  if (!isPng(png) || png.length > mostScreenshotBytes)
    throw new DriverError('BUG', 'The driver of this host took a picture that nobody can show.', { effect: 'none' })
  return { base64: png.toString('base64') }
}
