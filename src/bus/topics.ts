/** Under which topics events are published, and who may: `agent.<agent id>.<what>` by that agent, `control.<what>` by the control plane. */

/** What an agent publishes. `query-result` is an answer that nobody stores. */
export type AgentTopic = 'hello' | 'report' | 'goodbye' | 'command-result' | 'command-progress' | 'query-result'

/** What conductors and APIs tell each other. */
export type ControlTopic = 'command-answered' | 'operation-cancel'

export function agentTopic(agentId: string, what: AgentTopic): string {
  return `agent.${agentId}.${what}`
}

/** The pattern of what all agents publish of that. */
export function anyAgentTopic(what: AgentTopic): string {
  return `agent.*.${what}`
}

export function controlTopic(what: ControlTopic): string {
  return `control.${what}`
}

/** @returns the id of the agent that a topic belongs to */
export function agentOfTopic(topic: string): string | undefined {
  const [first, id] = topic.split('.')
  return first === 'agent' ? id : undefined
}

/** Whether a pattern (`*` is one word, `#` any number of words) covers a topic. */
export function topicMatches(pattern: string, topic: string): boolean {
  return wordsMatch(pattern.split('.'), topic.split('.'))
}

function wordsMatch(pattern: readonly string[], words: readonly string[]): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return words.length === 0
  if (first === '#') return wordsMatch(rest, words) || (words.length > 0 && wordsMatch(pattern, words.slice(1)))
  return words.length > 0 && (first === '*' || first === words[0]) && wordsMatch(rest, words.slice(1))
}
