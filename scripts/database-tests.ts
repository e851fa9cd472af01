/**
 * Prints the test files that are run on PostgreSQL too: those whose imports lead to test/support/test-database.ts. A file
 * to which the database makes no difference says so in a comment: `One database is enough: why`.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'

const root = resolve(import.meta.dirname, '..')
const goal = join(root, 'test/support/test-database.ts')
const answers = new Map<string, boolean>()

/** Circles end at the file where they began: it is noted as leading nowhere until it is known better. */
function leadsToDatabase(file: string): boolean {
  if (file === goal) return true
  const known = answers.get(file)
  if (known !== undefined) return known
  answers.set(file, false)
  const found = importsOf(file).some(leadsToDatabase)
  answers.set(file, found)
  return found
}

/** Also files that are named and not imported: a test may start them as processes of their own. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8')
  const imported = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
  const named = [...text.matchAll(/'(\.{1,2}\/[^']+\.ts)'/g)].map((match) => match[1] ?? '')
  return [...new Set([...imported, ...named])]
    .filter((name) => name.startsWith('.'))
    .map((name) => join(dirname(file), name))
    .filter(existsSync)
}

const files = globSync('test/**/*.test.ts', { cwd: root }).map((file) => join(root, file))
const isEnough = (file: string): boolean => /One database is enough: \S/.test(readFileSync(file, 'utf8'))
for (const file of files.filter((each) => leadsToDatabase(each) && !isEnough(each)).sort())
  console.log(relative(root, file))
