/** Raw carries no mark: it is what remains when nothing else is recognised. */
export function sniffRaw(): boolean {
  return false
}
