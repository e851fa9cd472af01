/** /metrics of a whole service: what is counted, that the documentation and the dashboard know the same figures, and no others. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { Counters, Histograms } from '../../src/metrics/families.ts'
import { startInProcess, type InProcessService } from '../support/start-in-process.ts'
import { createFlavor, waitForHosts } from '../support/servers.ts'

const docs = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8')
const dashboard = readFileSync(new URL('../../docs/grafana/polyvisor.json', import.meta.url), 'utf8')

interface Metric {
  readonly type: string
  readonly samples: readonly { readonly series: string; readonly labels: string; readonly value: number }[]
}

async function scrape(url: string): Promise<ReadonlyMap<string, Metric>> {
  const answer = await fetch(`${url}/metrics`)
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
  return parse(await answer.text())
}

function parse(text: string): ReadonlyMap<string, Metric> {
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)]
  const samples = [...text.matchAll(/^([a-zA-Z_:]\w*)(?:\{(.*)\})? (\S+)$/gm)].map(
    ([, series = '', labels = '', value]) => ({ series, labels, value: Number(value) }),
  )
  return new Map(
    types.map(([, name = '', type = '']) => {
      const own = samples.filter(({ series }) => series.replace(/_(bucket|sum|count)$/, '') === name || series === name)
      return [name, { type, samples: own }]
    }),
  )
}

/** name → its cells, from the tables of docs/metrics.md. */
function documented(): ReadonlyMap<string, { readonly type: string; readonly labels: readonly string[] }> {
  const rows = docs.matchAll(/^\| `(\w+)` +\| (\w+) +\| ([^|]*) \|/gm)
  return new Map(
    [...rows].map(([, name = '', type = '', labels = '']) => [
      name,
      { type, labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label) },
    ]),
  )
}

function count(metrics: ReadonlyMap<string, Metric>, series: string, ...labels: readonly string[]): number {
  const all = [...metrics.values()].flatMap(({ samples }) => samples)
  const found = all.filter(
    (sample) => sample.series === series && labels.every((label) => sample.labels.includes(label)),
  )
  return found.reduce((sum, { value }) => sum + value, 0)
}

describe('a running service', () => {
  let service: InProcessService
  let metrics: ReadonlyMap<string, Metric>

  before(async () => {
    service = await startInProcess()
    await waitForHosts(service.client)
    await createFlavor(service.client, 'f')
    await fetch(`${service.url}/v1/hosts`)
    metrics = await scrape(service.url)
  })
  after(() => service.stop())

  test('counts what it did', () => {
    const requests = 'polyvisor_http_request_duration_seconds_count'
    assert.equal(count(metrics, requests, 'operation="issueToken"', 'status_class="2xx"'), 1)
    assert.equal(count(metrics, requests, 'operation="createFlavor"'), 1)
    assert.equal(count(metrics, requests, 'operation="none"', 'status_class="4xx"'), 1)
    assert.ok(count(metrics, 'polyvisor_store_query_duration_seconds_count', 'kind="read"') > 10)
    assert.ok(count(metrics, 'polyvisor_bus_lag_seconds_count', 'queue="events"') > 0)
    assert.equal(count(metrics, 'polyvisor_hosts', 'up="true"', 'healthy="true"', 'enabled="true"'), 1)
    assert.equal(count(metrics, 'polyvisor_http_requests_under_way'), 1)
  })

  test('the documentation names every metric, its type and its labels, and no other', () => {
    const known = documented()
    assert.deepEqual([...known.keys()].sort(), [...metrics.keys()].sort())
    for (const [name, { type, samples }] of metrics) {
      assert.equal(known.get(name)?.type, type, name)
      for (const { labels } of samples) {
        const names = [...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label).filter((label) => label !== 'le')
        assert.deepEqual(names, known.get(name)?.labels, name)
      }
    }
  })

  test('the dashboard asks for existing metrics only, and by labels that they have', () => {
    const known = documented()
    const expressions = [...dashboard.matchAll(/"(?:expr|query)": "((?:[^"\\]|\\.)*)"/g)].map(
      ([, text]) => JSON.parse(`"${text}"`) as string,
    )
    assert.ok(expressions.length > 20)
    for (const expression of expressions) {
      for (const [, series = '', selector = ''] of expression.matchAll(
        /\b((?:polyvisor|process|nodejs)_\w+)(?:\{([^}]*)\})?/g,
      )) {
        const name = known.has(series) ? series : series.replace(/_(bucket|sum|count)$/, '')
        const metric = known.get(name)
        assert.ok(metric, `${series} in ${expression}`)
        assert.ok(name === series || metric.type === 'histogram', `${series} is no histogram`)
        const labels = ['job', 'instance', 'le', ...metric.labels]
        for (const [, label = ''] of selector.matchAll(/(\w+)=/g))
          assert.ok(labels.includes(label), `${series}: ${label}`)
        for (const [, by = ''] of expression.matchAll(/by \(([^)]*)\)/g))
          for (const label of by.split(', ')) assert.ok(labels.includes(label), `${series}: by ${label}`)
      }
    }
  })

  test('no names of tenants, servers or hosts are in it', async () => {
    const text = await (await fetch(`${service.url}/metrics`)).text()
    const { hosts } = await service.client.get<{ hosts: { id: string; name: string }[] }>('/v1/hosts')
    for (const { id, name } of hosts) assert.ok(!text.includes(id) && !text.includes(`"${name}"`))
    assert.ok(!/[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{32}/.test(text))
  })
})

test('off: not shown, and an address of its own shows it there alone', async () => {
  const off = await startInProcess({ metrics: 'off' })
  try {
    const answer = await fetch(`${off.url}/metrics`)
    assert.equal(answer.status, 404)
    assert.match(await answer.text(), /metrics/)
  } finally {
    await off.stop()
  }
  const port = await freePort()
  const apart = await startInProcess({ metrics: `127.0.0.1:${port}` })
  try {
    assert.equal((await fetch(`${apart.url}/metrics`)).status, 404)
    assert.ok((await scrape(`http://127.0.0.1:${port}`)).has('polyvisor_hosts'))
    assert.equal((await fetch(`http://127.0.0.1:${port}/v1/hosts`)).status, 404)
  } finally {
    await apart.stop()
  }
})

async function freePort(): Promise<number> {
  const server = createTcpServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('histograms put each value into its bucket, and add up', () => {
  const histograms = new Histograms('x', ['a'], [0.1, 1], 'help')
  for (const seconds of [0.05, 0.1, 0.5, 7]) histograms.observe(seconds, 'one')
  histograms.observe(0.2, 'two')
  const one = histograms.samples().filter(({ labels }) => labels['a'] === 'one')
  assert.deepEqual(
    one.map(({ metricName, labels, value }) => [metricName, labels['le'], value]),
    [
      ['x_bucket', 0.1, 2],
      ['x_bucket', 1, 3],
      ['x_bucket', '+Inf', 4],
      ['x_sum', undefined, 7.65],
      ['x_count', undefined, 4],
    ],
  )
  const counters = new Counters('y', ['a', 'b'], 'help')
  counters.add(2, 'p', 'q')
  counters.add(1, 'p', 'q')
  assert.deepEqual(counters.samples(), [{ labels: { a: 'p', b: 'q' }, value: 3 }])
})
