/** The first serial port of a simulated guest: what is typed is shown, and each line is answered. */
import { Transform, type Duplex } from 'node:stream'

/** @param onOutput told of all that the guest writes */
export function serialPort(onOutput: (text: string) => void): Duplex {
  let line = ''
  // It takes no more while nobody reads.
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
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
      done(null, Buffer.from(output, 'latin1'))
    },
  })
}

const longestLine = 1024
