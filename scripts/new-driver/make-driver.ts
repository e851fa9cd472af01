/** Copies drivers/template under another name: its words, and how it reaches the contract and the kit, are replaced. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What the user can mend; its message says how. */
export class NewDriverError extends Error {}

export interface NewDriver {
  readonly name: string
  /** Of the source tree that it is made in, or beside. */
  readonly root: string
  /** Makes it in this folder, outside of the source tree. */
  readonly at?: string
}

const templateDir = fileURLToPath(new URL('../../drivers/template/', import.meta.url))
const packageFile = fileURLToPath(new URL('../../package.json', import.meta.url))
const longestName = 40

/** @returns where it lies, and its test. @throws NewDriverError before anything is written */
export async function makeDriver({ name, root, at }: NewDriver): Promise<{ folder: string; test: string }> {
  const folder = join(at ?? join(root, 'drivers'), name)
  const test = at === undefined ? join(root, 'test/drivers', `${name}.test.ts`) : join(folder, `${name}.test.ts`)
  assertName(name)
  if (at !== undefined && !relative(root, folder).startsWith('..'))
    throw new NewDriverError(`${at} is inside of this repository; leave --at out to make drivers/${name}`)
  if (existsSync(join(dirname(templateDir), name)))
    throw new NewDriverError(`drivers/${name} is there already, and a driver's id must be its own; choose another name`)
  for (const path of [folder, test]) {
    if (existsSync(path)) throw new NewDriverError(`${path} is there already; remove it, or choose another name`)
  }
  await mkdir(folder, { recursive: true })
  for (const file of await readdir(templateDir)) {
    const text = renamed(await readFile(join(templateDir, file), 'utf8'), name, at === undefined ? undefined : folder)
    if (file !== 'template.test.ts') await writeFile(join(folder, file), text)
    else await writeTest(test, at === undefined ? testInTree(text, name) : text)
  }
  if (at !== undefined) await writePackage(folder, name)
  return { folder, test }
}

function assertName(name: string): void {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= longestName) return
  throw new NewDriverError(
    `the name ${JSON.stringify(name)} must be at most ${longestName} lower-case letters, digits and dashes, and begin with a letter`,
  )
}

/** @param outside its folder, when it has the contract from the package */
function renamed(text: string, name: string, outside: string | undefined): string {
  const pascal = name.replace(/(^|-)(.)/g, (_, _dash, letter: string) => letter.toUpperCase())
  const named = text
    .replaceAll('TEMPLATE', name.toUpperCase())
    .replaceAll('Template', pascal)
    .replaceAll('template', name)
  if (outside === undefined) return named
  // Last, and as it is: the folder's own name may hold the template's, or a dollar sign.
  return named
    .replaceAll("'../../src/driver/index.ts'", "'polyvisor/driver'")
    .replaceAll("'../conformance/index.ts'", "'polyvisor/conformance'")
    .replaceAll(`drivers/${name}/`, () => `${outside}/`)
}

/** Tests of drivers stand together. */
function testInTree(text: string, name: string): string {
  return text
    .replace("'../conformance/index.ts'", "'../../drivers/conformance/index.ts'")
    .replace("'./conformance-fixture.ts'", `'../../drivers/${name}/conformance-fixture.ts'`)
}

async function writeTest(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

/** What npm and the compiler need to know of it, where no other package does. */
async function writePackage(folder: string, name: string): Promise<void> {
  const { version, devDependencies } = JSON.parse(await readFile(packageFile, 'utf8')) as {
    readonly version: string
    readonly devDependencies: Readonly<Record<string, string>>
  }
  const { '@types/node': nodeTypes, typescript } = devDependencies
  await writeJson(join(folder, 'package.json'), {
    name: `polyvisor-driver-${name}`,
    version: '0.1.0',
    private: true,
    type: 'module',
    scripts: { test: `node --test ${name}.test.ts`, typecheck: 'tsc' },
    devDependencies: { '@types/node': nodeTypes, polyvisor: `^${version}`, typescript },
  })
  await writeJson(join(folder, 'tsconfig.json'), {
    compilerOptions: {
      target: 'es2024',
      module: 'nodenext',
      types: ['node'],
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
      skipLibCheck: true,
    },
  })
}

async function writeJson(path: string, value: object): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, undefined, 2)}\n`)
}
