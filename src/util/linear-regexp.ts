/**
 * Regular expressions from outside, matched in linear time: V8's own linear engine, which refuses look-arounds and
 * back-references. Without it one request could keep the process busy for ever.
 */
import { setFlagsFromString } from 'node:v8'

let engineReady = false

/** @returns undefined when the pattern is malformed or cannot be matched in linear time */
export function linearRegExp(pattern: string): RegExp | undefined {
  if (!engineReady) {
    setFlagsFromString('--enable-experimental-regexp-engine')
    engineReady = true
  }
  try {
    return new RegExp(pattern, 'l')
  } catch {
    return undefined
  }
}
