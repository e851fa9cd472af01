/** Portable pixmaps (netpbm's PPM, binary, 8 bits a colour), as QEMU writes them. */

export interface Pixmap {
  readonly width: number
  readonly height: number
  /** Rows from the top, three bytes for each pixel. */
  readonly rgb: Buffer
}

const longestHeader = 1024

/** @returns undefined for what is none */
export function readPixmap(bytes: Buffer): Pixmap | undefined {
  const space = String.raw`(?:\s|#[^\n]*\n)+`
  const header = new RegExp(`^P6${space}(\\d{1,5})${space}(\\d{1,5})${space}255\\s`)
  const found = header.exec(bytes.toString('latin1', 0, longestHeader))
  if (found === null) return undefined
  const [whole, width, height] = [found[0], Number(found[1]), Number(found[2])]
  const rgb = bytes.subarray(whole.length)
  return width > 0 && height > 0 && rgb.length === 3 * width * height ? { width, height, rgb } : undefined
}
