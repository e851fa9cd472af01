/**
 * XML as data: a tree of elements, a serialiser that escapes every value, and a reader for the small documents that
 * libvirt gives back (elements, attributes, text; no DTD, no namespaces beyond the prefix being part of the name).
 */

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (XmlElement | string)[]
}

type AttributeValue = string | number | boolean | undefined
/** `undefined` and `false` leave a child out, so that optional parts read as expressions. */
type Child = XmlElement | string | undefined | false

/** One element; attributes that are undefined are left out, true becomes `yes` and false `no`, as libvirt writes them. */
export function element(
  name: string,
  attributes: Readonly<Record<string, AttributeValue>> = {},
  ...children: readonly Child[]
): XmlElement {
  const entries = Object.entries(attributes).filter(([, value]) => value !== undefined)
  return {
    name,
    attributes: Object.fromEntries(entries.map(([key, value]) => [key, attributeText(value)])),
    children: children.filter((child) => child !== undefined && child !== false),
  }
}

function attributeText(value: AttributeValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}

const namePattern = /^[A-Za-z_][\w.:-]*$/

/** @throws RangeError when a name cannot stand in XML; that is a mistake of ours, names never come from users */
export function serializeXml(root: XmlElement): string {
  if (!namePattern.test(root.name)) throw new RangeError(`not an XML name: ${root.name}`)
  const attributes = Object.entries(root.attributes).map(([key, value]) => {
    if (!namePattern.test(key)) throw new RangeError(`not an XML name: ${key}`)
    return ` ${key}="${escapeXml(value)}"`
  })
  const start = `<${root.name}${attributes.join('')}`
  if (root.children.length === 0) return `${start}/>`
  const inner = root.children.map((child) => (typeof child === 'string' ? escapeXml(child) : serializeXml(child)))
  return `${start}>${inner.join('')}</${root.name}>`
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Characters that XML 1.0 cannot hold at all, not even escaped, become U+FFFD. White space survives in attributes. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character)
    .replaceAll(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}

const token =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<\/([\w.:-]+)\s*>|<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy
const attribute = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** Reads one document. @throws SyntaxError when it is not well formed, as far as this small reader can tell */
export function parseXml(text: string): XmlElement {
  const root = { name: '', attributes: {}, children: [] as (XmlElement | string)[] }
  const open = [root]
  let at = 0
  for (const match of text.trim().matchAll(token)) {
    at = match.index + match[0].length
    const [, closing, opening, attributesText = '', selfClosing, content] = match
    const current = open.at(-1)
    if (current === undefined) throw new SyntaxError('XML: text after the end')
    if (closing !== undefined) {
      if (current.name !== closing) throw new SyntaxError(`XML: <${current.name}> is closed by </${closing}>`)
      open.pop()
    } else if (opening !== undefined) {
      const child = { name: opening, attributes: parseAttributes(attributesText), children: [] }
      current.children.push(child)
      if (selfClosing !== '/') open.push(child)
    } else if (content !== undefined && current !== root) {
      current.children.push(unescapeXml(content))
    }
  }
  const [document] = root.children
  if (at !== text.trim().length || open.length !== 1 || typeof document !== 'object') {
    throw new SyntaxError('XML: not a well-formed document')
  }
  return document
}

function parseAttributes(text: string): Record<string, string> {
  const found = [...text.matchAll(attribute)].map(([, key = '', double, single]) => [
    key,
    unescapeXml(double ?? single ?? ''),
  ])
  return Object.fromEntries(found) as Record<string, string>
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  return text.replaceAll(
    /&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
      return entities[name ?? ''] ?? whole
    },
  )
}

/** The first child element of that name. */
export function childNamed(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find((child): child is XmlElement => typeof child === 'object' && child.name === name)
}

/** All text below an element, in order. */
export function textOf(root: XmlElement): string {
  return root.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
}
