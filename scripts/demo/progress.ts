/** Shows that a long step moves: a running line on a terminal, a line now and then elsewhere. */
let timer: NodeJS.Timeout | undefined

const everyMs = { terminal: 200, elsewhere: 10_000 }

/**
 * @param work is handed a function that says what is going on within the step
 * @returns what `work` returns
 */
export async function withProgress<T>(text: string, work: (say: (detail: string) => void) => Promise<T>): Promise<T> {
  const isTerminal = process.stdout.isTTY === true
  const startedMs = performance.now()
  const seconds = (): string => ((performance.now() - startedMs) / 1000).toFixed(1)
  let detail = ''
  const show = (): void => {
    const line = `· ${text} … ${seconds()} s ${detail}`
    process.stdout.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`)
  }
  if (!isTerminal) console.log(`· ${text} …`)
  // A step that was left half way (Ctrl-C) says no more.
  clearInterval(timer)
  timer = setInterval(show, isTerminal ? everyMs.terminal : everyMs.elsewhere)
  const end = (mark: string): void => {
    clearInterval(timer)
    process.stdout.write(`${isTerminal ? '\r\x1b[K' : ''}${mark} ${text} (${seconds()} s)\n`)
  }
  try {
    const result = await work((said) => (detail = said))
    end('✔')
    return result
  } catch (error) {
    end('✖')
    throw error
  }
}
