/**
 * Who may import whom, as data, and a checker over it. ARCHITECTURE.md tells the same story in words;
 * test/unit/import-rules.test.ts runs it over the tree. Everything that is not allowed here is a broken rule.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import ts from 'typescript'

export interface Layer {
  /** Folder (ends in `/`) or file, from the root of the tree. The longest match decides. */
  readonly at: string
  /** Folders or files whose modules it may import, its own folder aside. */
  readonly mayImport: readonly string[]
  /** Why the line is drawn there: printed with the broken import. */
  readonly because: string
}

const words = ['src/model/', 'src/util/']

export const layers: readonly Layer[] = [
  { at: 'src/util/', mayImport: [], because: 'util knows no domain word, so that everything may stand on it' },
  { at: 'src/model/', mayImport: ['src/util/'], because: 'the model is words and rules without IO' },
  {
    at: 'src/driver/',
    mayImport: words,
    because: 'the driver contract must be usable by drivers outside this repository',
  },
  { at: 'src/disk/', mayImport: words, because: 'the disk engine also runs from the command line and inside drivers' },
  {
    at: 'src/scheduler/',
    mayImport: words,
    because: 'the scheduler is pure: real scheduling, explain and simulation share it',
  },
  { at: 'src/store/', mayImport: words, because: 'the store keeps records; what they mean is decided above it' },
  {
    at: 'src/bus/',
    mayImport: [...words, 'src/driver/'],
    because: 'the bus carries messages (their payloads are the driver contract’s types) and knows neither end',
  },
  {
    at: 'src/contract/',
    mayImport: words,
    because: 'the contract is generated from openapi.yaml and stands on nothing else',
  },
  {
    at: 'src/config/',
    mayImport: words,
    because: 'configuration is read once, before any part exists; the parts get values',
  },
  {
    at: 'src/identity/',
    mayImport: [...words, 'src/store/'],
    because: 'identity decides who may what, and knows no instance',
  },
  {
    at: 'src/images/',
    mayImport: [...words, 'src/store/', 'src/disk/'],
    because: 'images are kept and inspected here; who boots them is decided above',
  },
  { at: 'src/console/', mayImport: [...words, 'src/store/'], because: 'consoles only carry bytes' },
  { at: 'src/health/', mayImport: [...words, 'src/store/'], because: 'health judges numbers and starts nothing' },
  {
    at: 'src/operations/',
    mayImport: [
      ...words,
      'src/store/',
      'src/bus/',
      'src/scheduler/',
      'src/disk/',
      'src/driver/',
      'src/images/',
      'src/console/',
    ],
    because: 'operations coordinate; they reach hypervisors through the bus alone, and know no HTTP',
  },
  {
    at: 'src/reconcilers/',
    mayImport: [...words, 'src/operations/', 'src/store/', 'src/health/', 'src/scheduler/', 'src/bus/'],
    because: 'a standing duty sees the database and starts operations; it talks to no driver',
  },
  {
    at: 'src/agent/',
    mayImport: [...words, 'src/driver/', 'src/disk/', 'src/bus/'],
    because: 'an agent lives on another machine: it has the bus and its drivers, never the database',
  },
  {
    at: 'src/api/',
    mayImport: [
      ...words,
      'src/contract/',
      'src/identity/',
      'src/operations/',
      'src/images/',
      'src/console/',
      'src/scheduler/',
      'src/store/read-model.ts',
    ],
    because: 'the HTTP edge reads through one file of the store and changes things through services only',
  },
  {
    at: 'src/cli/',
    mayImport: [...words, 'src/contract/', 'src/disk/', 'src/config/', 'src/driver/host-check.ts'],
    because: 'the command line is a client of the HTTP API (and runs the disk engine, and prints host checks, locally)',
  },
  {
    at: 'src/process/',
    mayImport: [...words, 'src/config/', 'src/driver/', 'src/agent/', 'src/operations/', 'src/metrics/', 'drivers/'],
    because:
      'the parts of the composition root that deal with this process: its data directory, log, port, drivers and fault hooks',
  },
  {
    at: 'src/roles/',
    mayImport: [...words, 'src/bus/', 'src/operations/', 'src/reconcilers/', 'src/store/'],
    because: 'a role is wired from its parts, the same way in the service and in tests; it reads no configuration',
  },
  {
    at: 'src/metrics/',
    mayImport: ['src/util/'],
    because: 'metrics are numbers: the parts declare observers of their own, and main.ts joins the two',
  },
  {
    at: 'src/backup/',
    mayImport: [...words, 'src/store/', 'src/process/data-dir.ts'],
    because: 'a backup reads the data directory from outside: its database through the store, and no running part',
  },
  { at: 'src/main.ts', mayImport: ['src/', 'drivers/'], because: 'the composition root sees everything' },
  { at: 'src/start/', mayImport: ['src/', 'drivers/'], because: 'these are the rooms of the composition root' },
  {
    at: 'bin/',
    mayImport: ['src/main.ts', 'src/cli/', 'src/config/', 'src/backup/', 'src/process/validate-host.ts'],
    because: 'bin joins the command line to the service',
  },
  {
    at: 'drivers/',
    mayImport: [
      ...words,
      'src/driver/',
      'src/disk/',
      'drivers/libvirt/',
      'drivers/local/',
      'drivers/conformance/index.ts',
    ],
    because:
      'a driver sees the contract alone, never the store, the bus, the API or another driver (drivers/libvirt and drivers/local are libraries, not drivers; the conformance kit is for its fixture)',
  },
  {
    at: 'drivers/libvirt/',
    mayImport: [...words, 'src/driver/', 'src/disk/', 'drivers/local/'],
    because: 'the library that libvirt drivers share knows none of them',
  },
  {
    at: 'drivers/local/',
    mayImport: [...words, 'src/driver/', 'src/disk/'],
    because: 'the library of drivers whose guests are processes and files of this machine knows none of them',
  },
  {
    at: 'drivers/conformance/',
    mayImport: ['src/driver/', 'src/util/', 'drivers/json-lines/'],
    because: 'the kit judges drivers that live outside this repository, those in other languages too',
  },
  {
    at: 'migrations/',
    mayImport: [],
    because: 'a migration must mean the same for ever, so it uses no code that changes',
  },
  { at: 'scripts/', mayImport: ['src/', 'drivers/', 'test/support/'], because: 'scripts are tools around the house' },
  {
    at: 'test/',
    mayImport: ['src/', 'drivers/', 'migrations/', 'scripts/', 'bin/'],
    because: 'tests may look at everything',
  },
]

/** Packages that only some folders may use. A package that is not named here is free. */
export const packageRules: readonly {
  readonly packages: RegExp
  readonly onlyIn: readonly string[]
  readonly because: string
}[] = [
  {
    packages: /^(knex|pg)(\/|$)/,
    onlyIn: ['src/store/', 'migrations/'],
    because: 'SQL lives in the store alone, so that the database can be changed there',
  },
  {
    packages: /^node:sqlite$/,
    onlyIn: ['src/store/', 'src/process/data-dir.ts'],
    because: 'SQL lives in the store alone (the data directory borrows SQLite’s file lock, and no SQL)',
  },
  {
    packages: /^(express|find-my-way)(\/|$)/,
    onlyIn: ['src/api/'],
    because: 'HTTP exists at the edge only',
  },
  {
    packages: /^koffi(\/|$)/,
    onlyIn: ['drivers/', 'src/disk/native/'],
    because:
      'native code runs in a driver’s child process, not in the service (the disk engine has two small bindings, loaded when a disk is read or written)',
  },
  {
    packages: /^prom-client(\/|$)/,
    onlyIn: ['src/metrics/'],
    because: 'counting must cost nothing where the work is done; Prometheus’s library only writes the text',
  },
  {
    packages: /^amqplib(\/|$)/,
    onlyIn: ['src/bus/amqp/'],
    because: 'RabbitMQ is one bus of two: the rest of the house knows the port alone',
  },
  {
    packages: /^ws(\/|$)/,
    onlyIn: ['src/api/', 'src/agent/', 'src/util/web-socket-stream.ts'],
    because: 'WebSockets are how consoles come in and go out, and nothing between knows of them',
  },
  { packages: /^commander(\/|$)/, onlyIn: ['src/cli/'], because: 'arguments are read by the command line alone' },
]

export interface BrokenRule {
  readonly file: string
  readonly imports: string
  readonly because: string
}

export interface SourceFile {
  /** From the root of the tree, with `/`. */
  readonly path: string
  readonly text: string
}

export function findBrokenRules(files: readonly SourceFile[]): readonly BrokenRule[] {
  return files.flatMap((file) =>
    importsOf(file.text).flatMap((specifier) => {
      const broken = specifier.startsWith('.') ? checkFile(file.path, specifier) : checkPackage(file.path, specifier)
      return broken === undefined ? [] : [broken]
    }),
  )
}

export function describeBrokenRule(broken: BrokenRule): string {
  return `${broken.file} imports ${broken.imports}\n    rule: ${broken.because}`
}

/** All TypeScript files under `folders`, read. */
export function readSources(root: string, folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') })),
  )
}

function importsOf(text: string): readonly string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map((imported) => imported.fileName)
}

function checkFile(from: string, specifier: string): BrokenRule | undefined {
  const target = posix.join(dirname(from), specifier)
  const layer = layerOf(from)
  if (layer === undefined) {
    return {
      file: from,
      imports: target,
      because: `no layer is declared for ${from}: add one to test/support/import-rules.ts`,
    }
  }
  if (homeOf(target) === homeOf(from) || layer.mayImport.some((allowed) => target.startsWith(allowed))) return undefined
  const allowed = layer.mayImport.length === 0 ? 'nothing else' : layer.mayImport.join(', ')
  return { file: from, imports: target, because: `${layer.because}. ${layer.at} may import ${allowed}.` }
}

function checkPackage(from: string, specifier: string): BrokenRule | undefined {
  if (/^(test|scripts)\//.test(from)) return undefined
  const rule = packageRules.find(({ packages }) => packages.test(specifier))
  if (rule === undefined || rule.onlyIn.some((folder) => from.startsWith(folder))) return undefined
  return {
    file: from,
    imports: specifier,
    because: `${rule.because}. Only ${rule.onlyIn.join(' and ')} may import it.`,
  }
}

function layerOf(path: string): Layer | undefined {
  return layers
    .filter(({ at }) => (at.endsWith('/') ? path.startsWith(at) : path === at))
    .sort((a, b) => b.at.length - a.at.length)[0]
}

/** The folder within which modules may import each other freely: `src/api/`, `drivers/qemu/`, `test/`. */
function homeOf(path: string): string {
  const depth = /^(src|drivers)\//.test(path) ? 2 : 1
  return path.split('/').slice(0, depth).join('/')
}
