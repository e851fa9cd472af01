/** Extra specs may come as numbers; they are kept as text. */
export function specTexts(specs: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(specs).map(([key, value]) => [key, String(value)]))
}
