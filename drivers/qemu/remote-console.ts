/** The screen of a guest, through libvirt, and its first serial port, which is a pseudoterminal of QEMU's. */
import type { Duplex } from 'node:stream'
import { DriverError } from '../../src/driver/driver-error.ts'
import type { ConsoleKind } from '../../src/model/console.ts'
import { childNamed, parseXml, type XmlElement } from '../libvirt/xml-element.ts'
import type { QemuHost } from './host.ts'
import { openTerminal } from './terminal.ts'
import { isActive, requireVm } from './vm-record.ts'

/** Those that are open, by instance: what a guest writes goes to one reader only, and the newest has it. */
export type SerialConsoles = Map<string, Duplex>

/** @throws DriverError */
export async function openRemoteConsole(
  host: QemuHost,
  serialConsoles: SerialConsoles,
  instanceId: string,
  kind: ConsoleKind,
): Promise<Duplex> {
  const { domain } = await requireVm(host, instanceId)
  if (!isActive(domain)) throw new DriverError('WRONG_STATE', 'The virtual machine is off.', { effect: 'none' })
  const devices = childNamed(parseXml(await host.connection.call('xml', { uuid: instanceId })), 'devices')
  if (kind === 'serial') return openSerial(serialConsoles, instanceId, devices)
  // One that was made before this service knew of screens gets its own with the next rebuild.
  if (devices === undefined || childNamed(devices, 'graphics') === undefined) throw without('screen')
  return await host.connection.openGraphics(instanceId)
}

function openSerial(consoles: SerialConsoles, instanceId: string, devices: XmlElement | undefined): Duplex {
  const serial = devices && childNamed(devices, 'serial')
  const path = serial && childNamed(serial, 'source')?.attributes['path']
  if (path === undefined || !/^\/dev\/pts\/\d+$/.test(path)) throw without('serial port')
  consoles.get(instanceId)?.destroy()
  const stream = openTerminal(path)
  consoles.set(instanceId, stream)
  stream.once('close', () => {
    if (consoles.get(instanceId) === stream) consoles.delete(instanceId)
  })
  return stream
}

function without(what: string): DriverError {
  return new DriverError('UNSUPPORTED', `This virtual machine has no ${what} that can be opened.`, { effect: 'none' })
}
