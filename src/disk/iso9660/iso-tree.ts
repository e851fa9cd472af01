/** The folders and files of a small ISO 9660 file system, placed: who lies at which sector. Pure. */
import { DiskError } from '../disk-error.ts'

export const sectorBytes = 2048

export interface IsoFile {
  readonly content: Buffer
  sector: number
}
export interface IsoFolder {
  readonly name: string
  readonly parent: IsoFolder | undefined
  readonly folders: IsoFolder[]
  readonly files: { readonly name: string; readonly file: IsoFile }[]
}

/** Readable by every reader of Joliet and of plain ISO 9660 with long names: nothing needs to be mangled. */
const namePattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,27}$/
const mostDepth = 7
const mostFiles = 256

/**
 * @param contents each with the paths under which it is found; equal bytes lie in the file once
 * @returns the root, and each content once
 * @throws DiskError bad-option
 */
export function buildTree(contents: readonly { readonly paths: readonly string[]; readonly content: Buffer }[]): {
  readonly root: IsoFolder
  readonly files: readonly IsoFile[]
} {
  const root: IsoFolder = { name: '', parent: undefined, folders: [], files: [] }
  if (contents.reduce((sum, { paths }) => sum + paths.length, 0) > mostFiles) {
    throw badOption(`An ISO of ours has ${mostFiles} files at most.`)
  }
  const files = contents.map(({ paths, content }) => {
    const file: IsoFile = { content, sector: 0 }
    for (const path of paths) addFile(root, path, file)
    return file
  })
  return { root, files }
}

/** Parents before children, level by level, as path tables want it. */
export function foldersOf(root: IsoFolder): readonly IsoFolder[] {
  const found = [root]
  // Grows while it is walked.
  for (const folder of found) found.push(...folder.folders)
  return found
}

function addFile(root: IsoFolder, path: string, file: IsoFile): void {
  const names = path.split('/')
  if (names.length > mostDepth || !names.every((name) => namePattern.test(name))) {
    throw badOption('A path in an ISO of ours has up to 7 names of letters, digits, dots, dashes and underscores.')
  }
  const name = names.pop() ?? ''
  let folder = root
  for (const part of names) {
    let next = folder.folders.find((known) => known.name === part)
    if (next === undefined) {
      requireFree(folder, part)
      next = { name: part, parent: folder, folders: [], files: [] }
      insertSorted(folder.folders, next)
    }
    folder = next
  }
  requireFree(folder, name)
  insertSorted(folder.files, { name, file })
}

function requireFree({ files, folders }: IsoFolder, name: string): void {
  const isTaken = [...files, ...folders].some((known) => known.name === name)
  if (isTaken) throw badOption('Two files of an ISO have the same path.')
}

function insertSorted<T extends { readonly name: string }>(list: T[], item: T): void {
  const index = list.findIndex(({ name }) => name > item.name)
  list.splice(index === -1 ? list.length : index, 0, item)
}

function badOption(message: string): DiskError {
  return new DiskError('bad-option', message)
}
