/** The first serial port of a simulated guest: what is typed is shown, and each line is answered. */
import { Duplex } from 'node:stream'

/** @param onOutput told of all that the guest writes */
export function serialPort(onOutput: (text: string) => void): Duplex {
  let line = ''
  const port = new Duplex({
    read: () => undefined,
    write(chunk: Buffer, _encoding, done) {
      let output = ''
      for (const typed of chunk.toString('latin1')) {
        if (typed !== '\r' && typed !== '\n') {
          line = (line + typed).slice(-longestLine)
          output += typed
        } else {
          output += `\r\nPOLYVISOR-SIM-HEARD ${line}\r\n`
          line = ''
        }
      }
      onOutput(output)
      port.push(output, 'latin1')
      done()
    },
    final(done) {
      port.push(null)
      done()
    },
  })
  return port
}

const longestLine = 1024
