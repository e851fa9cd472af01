import { conflict } from '../model/errors.ts'
import { isUniqueViolation } from '../store/unique-violation.ts'

/** @throws PolyvisorError `<what>-exists` when `write` meets a row of that name */
export async function refusingTwins<T>(what: string, name: string, where: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const words = what.replaceAll('-', ' ')
    throw conflict(`${what}-exists`, `The ${words} ${name} exists already${where}. Choose another name.`)
  }
}
