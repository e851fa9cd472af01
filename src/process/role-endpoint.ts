/** What a process without the API still answers over HTTP: whether it lives, whether it can work, and its figures. */
import type { RequestListener, ServerResponse } from 'node:http'
import type { Exposition } from '../metrics/exposition.ts'

export interface RoleEndpointParts {
  readonly readiness: () => Promise<
    readonly { readonly name: string; readonly ok: boolean; readonly message: string }[]
  >
  /** Undefined where figures are not shown here. */
  readonly readMetrics: (() => Promise<Exposition>) | undefined
}

/** The same three paths, with the same bodies, as the API's. */
export function roleEndpoint({ readiness, readMetrics }: RoleEndpointParts): RequestListener {
  const answers: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/healthz': async (response) => sendJson(response, 200, { status: 'ok' }),
    '/readyz': async (response) => {
      const parts = await readiness()
      const ready = parts.every(({ ok }) => ok)
      sendJson(response, ready ? 200 : 503, { ready, parts })
    },
    ...(readMetrics === undefined
      ? {}
      : {
          '/metrics': async (response) => {
            const { contentType, text } = await readMetrics()
            response.writeHead(200, { 'content-type': contentType }).end(text)
          },
        }),
  }
  return (request, response) => {
    const answer = request.method === 'GET' ? answers[request.url?.split('?')[0] ?? ''] : undefined
    if (answer === undefined) {
      const message = `Of this role there is only ${Object.keys(answers).join(', ')}.`
      sendJson(response, 404, { error: { code: 'not-found', message } })
      return
    }
    answer(response).catch(() => response.destroy())
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
