/** Clients write booleans in query strings in every way; the contract's LooseBoolean lists them. */
export function looseBoolean(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : /^(true|1)$/i.test(text)
}
