/**
 * openapi.yaml → src/contract/types.gen.ts, src/contract/operations.gen.json, src/api/handlers.gen.ts;
 * docs/generated/conformance-*.json → the pages beside them, and the capability matrix in README.md.
 * Run by "npm run generate"; `--check` writes nothing and fails when a file is not fresh.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { reportPage } from '../drivers/conformance/index.ts'
import { bareSchema } from './generate/bare-schema.ts'
import { readDocument, readOperations } from './generate/read-openapi.ts'
import { renderHandlers } from './generate/render-handlers.ts'
import { readReports, withMatrix } from './generate/render-matrix.ts'
import { renderTypes } from './generate/render-types.ts'

const root = new URL('../', import.meta.url)

export interface GeneratedFile {
  readonly path: string
  readonly text: string
}

/** What the generated files must hold now. */
export async function generateContract(): Promise<{
  files: readonly GeneratedFile[]
  missingHandlers: readonly string[]
}> {
  const document = readDocument(new URL('openapi.yaml', root))
  const operations = readOperations(document)
  const schemas = Object.fromEntries(
    Object.entries(document.components.schemas).map(([name, schema]) => [name, bareSchema(schema)]),
  )
  const reports = readReports(new URL('docs/generated/', root))
  const handlers = renderHandlers(operations, new URL('src/api/', root))
  return {
    files: [
      { path: 'src/contract/types.gen.ts', text: await renderTypes(document) },
      { path: 'src/contract/operations.gen.json', text: renderContract(operations, schemas) },
      { path: 'src/api/handlers.gen.ts', text: handlers.text },
      { path: 'README.md', text: withMatrix(readIfThere(new URL('README.md', root)) ?? '', reports) },
      ...reports.map((report) => ({
        path: `docs/generated/conformance-${report.driver}.md`,
        text: reportPage(report),
      })),
    ],
    missingHandlers: handlers.missing,
  }
}

/** The paths among `files` whose text on disk differs. */
export function staleFiles(files: readonly GeneratedFile[]): readonly string[] {
  return files.filter(({ path, text }) => readIfThere(new URL(path, root)) !== text).map(({ path }) => path)
}

/** One operation or schema a line: small differences stay small in a review. */
function renderContract(operations: readonly object[], schemas: Readonly<Record<string, object>>): string {
  const operationLines = operations.map((operation) => `  ${JSON.stringify(operation)}`)
  const schemaLines = Object.entries(schemas).map(
    ([name, schema]) => `  ${JSON.stringify(name)}: ${JSON.stringify(schema)}`,
  )
  return `{\n"operations": [\n${operationLines.join(',\n')}\n],\n"schemas": {\n${schemaLines.join(',\n')}\n}\n}\n`
}

function readIfThere(file: URL): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

async function main(): Promise<void> {
  const { files, missingHandlers } = await generateContract()
  const stale = staleFiles(files)
  for (const path of missingHandlers) console.warn(`no handler yet: src/api/${path}`)
  if (process.argv.includes('--check')) {
    if (stale.length > 0) throw new Error(`not fresh, run "npm run generate": ${stale.join(', ')}`)
    return
  }
  for (const { path, text } of files.filter((file) => stale.includes(file.path))) {
    writeFileSync(new URL(path, root), text)
    console.log(`wrote ${path}`)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
