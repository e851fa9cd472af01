/** What a simulated guest shows: the colour bars of a television, and from its id a stripe of its own. */
import { createHash } from 'node:crypto'
import { DriverError } from '../../src/driver/index.ts'
import { encodePng } from '../../src/util/png.ts'
import type { SimVm } from './vm-store.ts'

const width = 64
const height = 48
const bars = ['c0c0c0', 'c0c000', '00c0c0', '00c000', 'c000c0', 'c00000', '0000c0', '101010']
const stripeFrom = 40

/** @throws DriverError WRONG_STATE */
export async function screenshotOf({ power, instanceId }: Pick<SimVm, 'power' | 'instanceId'>): Promise<Buffer> {
  if (power !== 'on' && power !== 'paused')
    throw new DriverError('WRONG_STATE', `The VM is ${power}.`, { effect: 'none' })
  const own = createHash('sha256').update(instanceId).digest('hex').slice(0, 6)
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => (y < stripeFrom ? bars[((x * bars.length) / width) | 0] : own)).join(''),
  )
  return await encodePng(width, height, Buffer.from(rows.join(''), 'hex'))
}
