/**
 * What Linux 6.1 in user mode lacks on CPUs with AMX. It gives a program's registers back in 2696 bytes; the host's kernel takes all that
 * the CPU has or nothing, and the guest panics at its first program (`ptrace set fp regs failed`). On such machines guests are started with
 * a `ptrace` that fills up what is missing; AMX itself no guest gets. Compiled once, on the host.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { DriverError } from '../../src/driver/driver-error.ts'
import { syncFolder } from '../local/whole-file.ts'
import { findCommand, type SystemPackage } from '../local/system-packages.ts'

const run = promisify(execFile)

const compilers = ['cc', 'tcc'] as const
export const compilerPackage: SystemPackage = {
  name: 'tcc',
  provides: 'a C compiler, for guests on CPUs with AMX',
  oneOf: compilers,
}

// Without headers and libraries, which need not be there. ptrace's arguments are variadic in C; in x86-64's registers that is the same.
const source = `
struct iovec { char *base; unsigned long length; };
extern long syscall(long number, long a, long b, long c, long d);
extern int *__errno_location(void);

enum { ptrace_call = 101, peek_first = 1, peek_last = 3, get_registers = 0x4204, set_registers = 0x4205, xstate = 0x202 };
enum { feature_bits = 512, amx_features = 3 << 17 };

/* A guest's kernel traces from one thread. */
static char whole[65536];

static long set_xstate(int pid, struct iovec *given)
{
  struct iovec all = { whole, sizeof whole };
  unsigned long i;
  if (syscall(ptrace_call, get_registers, pid, xstate, (long)&all) < 0 || all.length <= given->length)
    return syscall(ptrace_call, set_registers, pid, xstate, (long)given);
  for (i = 0; i < given->length; i++)
    whole[i] = given->base[i];
  *(unsigned long *)(whole + feature_bits) &= ~(unsigned long)amx_features;
  return syscall(ptrace_call, set_registers, pid, xstate, (long)&all);
}

long ptrace(long request, long pid, long address, long data)
{
  long word = 0;
  if ((int)request == set_registers && address == xstate)
    return set_xstate((int)pid, (struct iovec *)data);
  if ((int)request < peek_first || (int)request > peek_last)
    return syscall(ptrace_call, (int)request, (int)pid, address, data);
  /* As the C library has it: the word is the answer. */
  if (syscall(ptrace_call, (int)request, (int)pid, address, (long)&word) < 0)
    return -1;
  *__errno_location() = 0;
  return word;
}
`
const hash = createHash('sha256').update(source).digest('hex').slice(0, 12)

/** @param cpuInfo /proc/cpuinfo */
export function needsRegistersShim(cpuInfo = readFileSync('/proc/cpuinfo', 'utf8')): boolean {
  return /^flags\s*:.*\bamx_tile\b/m.test(cpuInfo)
}

const making = new Map<string, Promise<void>>()

/**
 * @param folder of ours, through which guests' users come
 * @returns what a guest's environment needs of it
 * @throws DriverError HYPERVISOR where it cannot be compiled
 */
export async function registersShim(folder: string): Promise<Readonly<Record<string, string>>> {
  if (!needsRegistersShim()) return {}
  const file = join(folder, `registers-shim-${hash}.so`)
  // Who needs it first makes it for all.
  const work = making.get(file) ?? ensureCompiled(file).finally(() => making.delete(file))
  making.set(file, work)
  await work
  return { LD_PRELOAD: file }
}

async function ensureCompiled(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (isThere) return
  try {
    await compile(file)
  } catch (error) {
    const text = 'The host cannot make what guests need on its CPU, which has AMX; install the package tcc.'
    throw new DriverError('HYPERVISOR', text, { effect: 'none', native: String(error), cause: error })
  }
}

/** Whole when it is there under its name. Other processes may make the same one meanwhile. */
async function compile(file: string): Promise<void> {
  const compiler = compilers.map(findCommand).find((found) => found !== undefined)
  if (compiler === undefined) throw new Error('there is no C compiler')
  const scratch = await mkdtemp(`${file}.part-`)
  try {
    const [text, made] = [join(scratch, 'shim.c'), join(scratch, 'shim.so')]
    await writeFile(text, source)
    await run(compiler, ['-shared', '-fPIC', '-nostdlib', '-o', made, text])
    await using whole = await open(made, 'r')
    await whole.chmod(0o644)
    await whole.sync()
    await rename(made, file)
    await syncFolder(dirname(file))
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
