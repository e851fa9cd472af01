/** `polyvisor disk …`: the disk engine from the command line, with the habits of qemu-img. Nothing here talks to the service. */
import type { Command } from 'commander'
import { Argument, Option } from 'commander'
import { diskFormatNames } from './disk-format-names.ts'
import { endWithReader } from './end-with-reader.ts'

interface ReadFlags {
  readonly from?: string
  readonly references?: string
  readonly snapshot?: string
  readonly json?: boolean
}
export interface ConvertFlags extends ReadFlags {
  readonly to?: string
  readonly option?: readonly string[]
  readonly compress?: boolean
  readonly size?: string
  readonly verify?: boolean
  readonly hash?: string
  readonly progress?: boolean
  readonly quiet?: boolean
  readonly fsync: boolean
}
export interface CompareFlags extends ReadFlags {
  readonly targetFrom?: string
  readonly strict?: boolean
  readonly progress?: boolean
}
export type DiskFlags = ReadFlags & { readonly progress?: boolean }

const exitHelp = {
  compare: '\nExit status: 0 the disks are equal, 1 they differ, 2 they could not be compared.',
  check:
    '\nExit status: 0 the image is whole, 1 it could not be checked, 2 it is damaged, 3 it is whole and wastes space.',
}

export function addDiskCommands(program: Command): void {
  const disk = program
    .command('disk')
    .description('look at, convert, compare and check disk images (raw, qcow2, vmdk, vhd)')
  disk.hook('preAction', (_, { args }) => {
    // Of an image that goes to stdout every byte counts.
    if (args[1] !== '-') endWithReader()
  })
  reading(disk.command('info'))
    .description('say what an image is')
    .addArgument(imageArgument())
    .action(async (file: string, flags: DiskFlags) => {
      const { diskInfo } = await import('./disk-info.ts')
      await diskInfo(file, flags)
    })
  addConvert(disk)
  reading(disk.command('compare'))
    .description('compare the contents of two disks, whatever their formats')
    .option('-F, --target-from <format>', 'format of the second image')
    .option('-s, --strict', 'also disks of different sizes differ')
    .option('-p, --progress', 'show progress even where nobody seems to look')
    .addArgument(imageArgument())
    .argument('<file2>', 'the other image')
    .addHelpText('after', exitHelp.compare)
    .action(async (file: string, other: string, flags: CompareFlags) => {
      const { diskCompare } = await import('./disk-compare.ts')
      await diskCompare(file, other, flags)
    })
  reading(disk.command('check'))
    .description('check that an image is whole: its tables, and all of its data')
    .option('-p, --progress', 'show progress even where nobody seems to look')
    .addArgument(imageArgument())
    .addHelpText('after', exitHelp.check)
    .action(async (file: string, flags: DiskFlags) => {
      const { diskCheck } = await import('./disk-check.ts')
      await diskCheck(file, flags)
    })
  reading(disk.command('map'))
    .description('list which ranges of a disk hold data')
    .addArgument(imageArgument())
    .action(async (file: string, flags: DiskFlags) => {
      const { diskMap } = await import('./disk-map.ts')
      await diskMap(file, flags)
    })
}

function addConvert(disk: Command): void {
  reading(disk.command('convert'))
    .description('convert an image into another format; - is stdin or stdout')
    .option(
      '-O, --to <format>',
      `format of the target: ${diskFormatNames.written}; without it the name's ending decides`,
    )
    .option('-o, --option <key=value>', 'option of the target format; several with commas, or repeated', collect)
    .option('-c, --compress', 'compress the target (qcow2)')
    .option(
      '--size <bytes>',
      'size of a raw stream: VMDK begins with it (monolithicSparse always, streamOptimized when it goes to a pipe)',
    )
    .option('--verify', 'read the target back and compare it with what was read')
    .addOption(new Option('--hash <name>', 'also print a hash of the raw content').choices(['sha256']))
    .option('-p, --progress', 'show progress even where nobody seems to look')
    .option('-q, --quiet', 'print nothing but errors')
    .option('--no-fsync', 'let the system decide when the bytes reach the disk, as qemu-img does')
    .addArgument(new Argument('<file>', 'the image to read'))
    .argument('<target>', 'the image to write; it appears only when it is whole')
    .addHelpText('after', convertHelp)
    .action(async (file: string, target: string, flags: ConvertFlags) => {
      const { diskConvert } = await import('./disk-convert.ts')
      await diskConvert(file, target, flags)
    })
}

const convertHelp = `
Options of the target formats (-o):
  qcow2  cluster_size=64k, compat=1.1|0.10, compression_type=zlib|zstd, compression_level=1…
  vmdk   subformat=monolithicSparse|streamOptimized|monolithicFlat, adapter_type=ide|lsilogic|buslogic|legacyESX|pvscsi,
         hwversion=10, compression_level=1…9
  vhd    subformat=dynamic|fixed, azure=on (size in whole MiB)

Examples:
  polyvisor disk convert --to qcow2 disk.raw disk.qcow2
  polyvisor disk convert -O vmdk -o subformat=streamOptimized disk.qcow2 - | curl -T - …
  polyvisor disk convert --references . vm.vmdk vm.qcow2        vm.vmdk names vm-flat.vmdk, which lies beside it`

function imageArgument(): Argument {
  return new Argument('<file>', 'the image')
}

/** What all commands that read an image have in common. */
function reading(command: Command): Command {
  return command
    .option('-f, --from <format>', `format of the image: ${diskFormatNames.known}; without it its marks decide`)
    .option('-l, --snapshot <name>', 'internal snapshot to read (qcow2)')
    .option('--references <dir>', 'open other files that the image names, if they lie in this folder')
    .option('--json', 'print JSON')
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value]
}
