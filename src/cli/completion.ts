/**
 * `polyvisor completion`: scripts that complete commands and flags in shells, made of the command tree itself, so that a
 * new command needs no line here.
 */
import type { Command, Option } from 'commander'

export type Shell = 'bash' | 'zsh' | 'fish'

interface Word {
  readonly word: string
  readonly description: string
}

/** A command and what may follow it. */
interface Place {
  /** ` host list`: the words up to here, each with a blank before it; empty for the program itself. */
  readonly path: string
  readonly commands: readonly Word[]
  readonly flags: readonly (Word & {
    /** Its short form, with the dash. */
    readonly short: string | undefined
    readonly value: Value
  })[]
  /** Values of its first argument. */
  readonly choices: readonly string[]
  readonly takesFile: boolean
}
type Value = 'none' | 'file' | 'dir' | 'other'

/** @returns the script; it ends without a line break */
export function completionScript(shell: Shell, program: Command): string {
  const places = placesOf(program, '')
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](program.name(), places)
}

function placesOf(command: Command, path: string): readonly Place[] {
  const visible = command.createHelp().visibleOptions(command)
  const [argument] = command.registeredArguments
  const place: Place = {
    path,
    commands: command.commands.map((each) => ({ word: each.name(), description: each.description() })),
    flags: visible.flatMap((option) => {
      const { long, short, description } = option
      return long === undefined ? [] : [{ word: long, short: short ?? undefined, description, value: valueOf(option) }]
    }),
    choices: argument?.argChoices ?? [],
    takesFile: argument?.name() === 'file',
  }
  return [place, ...command.commands.flatMap((each) => placesOf(each, `${path} ${each.name()}`))]
}

function valueOf({ flags, required, optional }: Option): Value {
  if (!required && !optional) return 'none'
  if (flags.includes('<file>') || flags.includes('-path>')) return 'file'
  return flags.includes('<dir>') ? 'dir' : 'other'
}

/** All words that may come next. */
function wordsAt({ commands, flags, choices }: Place): readonly Word[] {
  return [...commands, ...choices.map((word) => ({ word, description: '' })), ...flags]
}

/** Patterns of `case` for every place but the program itself. */
function knownPaths(places: readonly Place[]): readonly string[] {
  return places.map(({ path }) => path).filter((path) => path !== '')
}

function flagsTaking(places: readonly Place[], ...values: readonly Value[]): readonly string[] {
  const all = places.flatMap(({ flags }) => flags.filter(({ value }) => values.includes(value)).map(({ word }) => word))
  return [...new Set(all)]
}

function bashScript(name: string, places: readonly Place[]): string {
  return `# bash completion for ${name}: source <(${name} completion bash)
_${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path= words= i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path \${COMP_WORDS[i]}" in
      ${knownPaths(places).map(quote).join(' | ')}) path="$path \${COMP_WORDS[i]}" ;;
    esac
  done
  case "$prev" in
    ${flagsTaking(places, 'dir').join(' | ')}) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
    ${flagsTaking(places, 'file', 'other').join(' | ')}) return ;;
  esac
  case "$path" in
${places.map((place) => `    ${quote(place.path)}) words=${quote(namesAt(place))} ;;`).join('\n')}
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}
complete -o default -F _${name} ${name}`
}

function zshScript(name: string, places: readonly Place[]): string {
  const described = (place: Place): string =>
    wordsAt(place)
      .map(({ word, description }) => quote(`${word}:${description}`))
      .join(' ')
  return `#compdef ${name}
# zsh completion for ${name}: source <(${name} completion zsh)
_${name}() {
  local at= word
  local -a next
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
      (${knownPaths(places).map(quote).join('|')}) at="$at $word" ;;
    esac
  done
  case "\${words[CURRENT-1]}" in
    (${flagsTaking(places, 'dir').join('|')}) _files -/; return ;;
    (${flagsTaking(places, 'file').join('|')}) _files; return ;;
    (${flagsTaking(places, 'other').join('|')}) return ;;
  esac
  case "$at" in
${places.map((place) => `    (${quote(place.path)}) next=(${described(place)})${place.takesFile ? '; _files' : ''} ;;`).join('\n')}
  esac
  _describe '${name}' next
}
(( $+functions[compdef] )) && compdef _${name} ${name}`
}

function fishScript(name: string, places: readonly Place[]): string {
  const lines = places.flatMap((place) => {
    const at = `complete -c ${name} -n ${quote(`__${name}_at ${quoteWithin(place.path)}`)}`
    return [
      ...(place.takesFile ? [`${at} -F`] : []),
      ...place.commands.map(({ word, description }) => `${at} -a ${word} -d ${quoteFish(description)}`),
      ...place.choices.map((word) => `${at} -a ${word}`),
      ...place.flags.map(({ word, short, description, value }) => {
        const files = value === 'file' || value === 'dir' ? ' -F' : ''
        const shortFlag = short === undefined ? '' : ` -s ${short.slice(1)}`
        const takes = value === 'none' ? '' : ` -r${files}`
        return `${at} -l ${word.slice(2)}${shortFlag}${takes} -d ${quoteFish(description)}`
      }),
    ]
  })
  return `# fish completion for ${name}: ${name} completion fish | source
function __${name}_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    if contains -- "$at $word" ${knownPaths(places).map(quote).join(' ')}
      set at "$at $word"
    end
  end
  test "$at" = "$argv[1]"
end
complete -c ${name} -f
${lines.join('\n')}`
}

function namesAt(place: Place): string {
  return wordsAt(place)
    .map(({ word }) => word)
    .join(' ')
}

/** For bash and zsh. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function quoteFish(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", `\\'`)}'`
}

/** Inside a single-quoted word. */
function quoteWithin(text: string): string {
  return `"${text}"`
}
