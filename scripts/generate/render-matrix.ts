/** The capability matrix of the README: what each driver offers, and what its conformance report says of that. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Report } from '../../drivers/conformance/index.ts'
import type { Ability } from '../../src/driver/index.ts'

const titles: Readonly<Record<string, string>> = {
  qemu: 'QEMU',
  kvm: 'QEMU on KVM',
  uml: 'User-Mode Linux',
  sim: 'simulated',
}

/** A new ability is a type error here until it has a row. */
const abilityRows: Readonly<Record<Ability, string>> = {
  console: 'console log',
  remoteConsole: 'remote console',
  screenshot: 'screenshot',
  pause: 'pause, unpause',
  suspend: 'suspend to disk, resume',
  stats: 'diagnostics',
  resize: 'resize',
  disks: 'attach and detach disks',
  nics: 'attach and detach NICs',
  snapshot: 'snapshot to an image, also for shelve and moves',
  rescue: 'rescue, unrescue',
  migrate: 'live migration',
  setAdminPassword: 'set the admin password',
}

const begin = '<!-- The capability matrix: made by `npm run generate` out of docs/generated/conformance-*.json. -->'
const end = '<!-- The end of the capability matrix. -->'

/** @param readme as it is @returns the same with a fresh matrix. @throws Error when its place is not marked */
export function withMatrix(readme: string, reports: readonly Report[]): string {
  const from = readme.indexOf(begin)
  const to = readme.indexOf(end)
  if (from < 0 || to < from) throw new Error(`README.md has no place for the capability matrix: ${begin} … ${end}`)
  return `${readme.slice(0, from)}${begin}\n\n${renderMatrix(reports)}\n\n${readme.slice(to)}`
}

/** Those that `npm run conformance -- <driver> --docs` wrote. */
export function readReports(folder: URL): readonly Report[] {
  const files = readdirSync(folder).filter((name) => /^conformance-[a-z0-9-]+\.json$/.test(name))
  const reports = files.map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Report)
  const order = Object.keys(titles)
  return reports.toSorted((a, b) => order.indexOf(a.driver) - order.indexOf(b.driver))
}

function renderMatrix(reports: readonly Report[]): string {
  const row = (title: string, cell: (report: Report) => string): string[] => [title, ...reports.map(cell)]
  const list = (words: readonly string[]): string => (words.length === 0 ? '–' : words.join(', '))
  const rows = [
    row('', ({ driver }) => `${titles[driver] ?? driver} (\`${driver}\`)`),
    row('`img_hv_type`', ({ offer }) => list(offer.hypervisorTypes)),
    row('`hw_vm_mode`', ({ offer }) => list(offer.vmModes)),
    row('`hw_firmware_type`', ({ offer }) => list(offer.firmwares)),
    row('limits (`quota:…`)', ({ offer }) => list(offer.limitable)),
    row('disks, the best first', ({ offer }) => list(offer.diskFormats)),
    row('power', ({ offer }) => list(offer.power)),
    row('addresses by DHCP', ({ offer }) => (offer.networks.includes('fixed') ? '✔' : '–')),
    ...Object.entries(abilityRows).map(([ability, title]) =>
      row(title, (report) => cellOf(report, ability as Ability)),
    ),
    row('conformance', (report) => `[${summaryOf(report)}](docs/generated/conformance-${report.driver}.md)`),
  ]
  const widths = rows[0]?.map((_, column) => Math.max(3, ...rows.map((cells) => cells[column]?.length ?? 0))) ?? []
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}

function cellOf({ offer, rules }: Report, ability: Ability): string {
  if (!offer.abilities.includes(ability)) return '–'
  const isBroken = rules.some(({ checks }) => checks.some(({ outcome }) => outcome === 'fail'))
  const mark = isBroken ? '✖' : '✔'
  return ability === 'remoteConsole' ? `${mark} ${offer.consoles.join(', ')}` : mark
}

function summaryOf({ rules }: Report): string {
  const checks = rules.flatMap((rule) => rule.checks)
  const count = (outcome: string): number => checks.filter((check) => check.outcome === outcome).length
  return `${count('pass')} passed, ${count('fail')} failed, ${count('skip')} not tried`
}
