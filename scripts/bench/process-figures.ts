/** CPU time and memory of a process and of those it started, as the kernel counts them. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

export function cpuSeconds(pid: number): number {
  const ofOne = (id: number): number => {
    const fields = statFields(id)
    return fields === undefined ? 0 : (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  }
  return [pid, ...descendants(pid)].reduce((sum, id) => sum + ofOne(id), 0)
}

export function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? NaN) / 1024
}

export function helpersOf(pid: number): readonly { readonly name: string; readonly mb: number }[] {
  return descendants(pid).map((id) => ({ name: statName(id), mb: residentMb(id) }))
}

function descendants(pid: number): readonly number[] {
  const parents = new Map<number, number>()
  for (const entry of readdirSync('/proc')) {
    const id = Number(entry)
    const parent = Number.isInteger(id) ? statFields(id)?.[1] : undefined
    if (parent !== undefined) parents.set(id, Number(parent))
  }
  const found: number[] = []
  const waiting = [pid]
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    for (const [id, itsParent] of parents) {
      if (itsParent !== parent) continue
      found.push(id)
      waiting.push(id)
    }
  }
  return found
}

/** Fields of /proc/PID/stat after the name: state, parent, … */
function statFields(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

function statName(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
}
