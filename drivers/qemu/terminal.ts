import { constants, openSync } from 'node:fs'
import type { Duplex } from 'node:stream'
import { ReadStream } from 'node:tty'

/** Both ways of a pseudoterminal whose other end is somebody else's; it ends when that one closes. */
export function openTerminal(path: string): Duplex {
  // Never as the terminal of this process.
  const fd = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
  // Despite its name it can be written to: it is a socket over the terminal.
  const stream = new ReadStream(fd)
  // It has no half to close: whoever has said all is done with it.
  stream.once('finish', () => stream.destroy())
  return stream
}
