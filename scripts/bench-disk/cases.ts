export interface BenchCase {
  readonly name: string
  /** The least ratio to qemu-img, as whole processes, that is aimed for. */
  readonly goal: number
  /** How qemu-img makes the source of the raw disk; absent where that is the source itself. */
  readonly input?: readonly string[]
  /** qemu-img's best flags. */
  readonly qemu: readonly string[]
  readonly ours: readonly string[]
}

const parallel = ['-m', '16', '-W']
const stream = ['-O', 'vmdk', '-o', 'subformat=streamOptimized']
const exactVhd = ['-O', 'vpc', '-o', 'force_size=on']

export const benchCases: readonly BenchCase[] = [
  { name: 'raw-to-raw', goal: 0.85, qemu: [...parallel, '-f', 'raw', '-O', 'raw'], ours: ['-f', 'raw', '-O', 'raw'] },
  {
    name: 'raw-to-qcow2',
    goal: 0.85,
    qemu: [...parallel, '-f', 'raw', '-O', 'qcow2'],
    ours: ['-f', 'raw', '-O', 'qcow2'],
  },
  {
    name: 'qcow2-to-raw',
    goal: 0.85,
    input: ['-O', 'qcow2'],
    qemu: [...parallel, '-f', 'qcow2', '-O', 'raw'],
    ours: ['-f', 'qcow2', '-O', 'raw'],
  },
  { name: 'raw-to-vhd', goal: 0.85, qemu: [...parallel, '-f', 'raw', ...exactVhd], ours: ['-f', 'raw', '-O', 'vhd'] },
  {
    name: 'vhd-to-qcow2',
    goal: 0.85,
    input: exactVhd,
    qemu: [...parallel, '-f', 'vpc', '-O', 'qcow2'],
    ours: ['-f', 'vhd', '-O', 'qcow2'],
  },
  {
    name: 'raw-to-vmdk-sparse',
    goal: 2,
    qemu: [...parallel, '-f', 'raw', '-O', 'vmdk'],
    ours: ['-f', 'raw', '-O', 'vmdk'],
  },
  { name: 'raw-to-vmdk-stream', goal: 3.5, qemu: ['-f', 'raw', ...stream], ours: ['-f', 'raw', ...stream] },
  {
    name: 'vmdk-stream-to-qcow2',
    goal: 1.8,
    input: stream,
    qemu: ['-f', 'vmdk', '-O', 'qcow2'],
    ours: ['-f', 'vmdk', '-O', 'qcow2'],
  },
  {
    name: 'qcow2-to-qcow2-zlib',
    goal: 1.8,
    input: ['-O', 'qcow2'],
    qemu: [...parallel, '-c', '-f', 'qcow2', '-O', 'qcow2'],
    ours: ['-c', '-f', 'qcow2', '-O', 'qcow2'],
  },
]
