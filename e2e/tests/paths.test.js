// What the golden paths of the reference site make is held to the tools that such files
// are for: the schemas of Kubernetes and of the resources that operators add, the checks of
// paths/ (workflows, container files, Prometheus, Terraform's language), shellcheck, Go.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { deepEqual, equal, ok } from 'node:assert/strict'
import { parseAllDocuments } from 'yaml'
import { none } from '../faults.js'

const root = join(import.meta.dirname, '..', '..')
const cairn = join(root, 'e2e', '.built', 'cairn')

// Each path with the values that change what it makes.
const variations = {
  'new-service': [[], ['reach=public', 'name=checkout-api', 'team=payments']],
  database: [[], ['environment=production', 'storage=100']],
  'deploy-and-roll-back': [[], ['environment=production', 'patience=15']],
  'secrets-by-reference': [[], ['store=aws', 'hours=6']],
  'service-level-objective': [[], ['objective=99.99'], ['objective=95', 'promise=Users can "pay": at once # it\'s $(true) always']],
  'terraform-module': [[], ['environment=production', 'image=ghcr.io/example/orders@sha256:' + '0'.repeat(64)]],
}

// The resources for which no registry has a schema; they are held to be Kubernetes objects.
const withoutSchema = ['Kustomization', 'Cluster', 'ScheduledBackup', 'ObjectStore']

suite('golden paths', () => {
  let made
  before(() => {
    made = mkdtempSync(join(tmpdir(), 'cairn-paths-'))
    for (const [name, all] of Object.entries(variations)) {
      all.forEach((values, i) => execFileSync(cairn, ['path', name, '--root', root, '--out', join(made, `${name}-${i}`), ...values.flatMap((value) => ['--set', value])]))
    }
  })
  after(() => rmSync(made, { recursive: true, force: true }))

  const files = (pattern) => walk(made).filter((file) => pattern.test(relative(made, file)))

  test('every path of the site is tried', () => {
    const list = JSON.parse(execFileSync(cairn, ['path', '--json', '--root', root], { encoding: 'utf8' }))
    deepEqual(list.map(({ name }) => name).sort(), Object.keys(variations).sort())
  })

  test('the resources of Kubernetes are as their schemas say', async () => {
    const faults = [], seen = new Set()
    for (const file of files(/\/(deploy|database|slo)\/[^/]+\.yaml$/)) {
      for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
        const object = document.toJS()
        if (document.errors.length > 0 || !object) faults.push(`${relative(made, file)}: ${document.errors}`)
        if (!object?.apiVersion) continue // tests of rules are no resource
        seen.add(object.kind)
        faults.push(...(await schemaFaults(object)).map((fault) => `${relative(made, file)} ${object.kind}: ${fault}`))
      }
    }
    none(faults)
    deepEqual([...seen].sort(), ['Cluster', 'Deployment', 'ExternalSecret', 'HTTPRoute', 'Kustomization', 'NetworkPolicy', 'ObjectStore', 'PodDisruptionBudget', 'PodMonitor', 'PrometheusRule', 'ScheduledBackup', 'SecretStore', 'Service', 'ServiceAccount', 'ServiceMonitor'])
  })

  test('a resource that is wrong is found', async () => {
    const [right] = parseAllDocuments(readFileSync(files(/database-patch\.yaml$/)[0], 'utf8')).map((document) => document.toJS())
    deepEqual(await schemaFaults(right), [])
    ok((await schemaFaults({ ...right, spec: { ...right.spec, replicas: 'two' } })).length > 0, 'a wrong type')
    ok((await schemaFaults({ ...right, spec: { template: right.spec.template } })).length > 0, 'a missing key')
  })

  test('kustomize names only files that are made', () => {
    for (const file of files(/kustomization\.yaml$/)) {
      const { resources } = parseAllDocuments(readFileSync(file, 'utf8'))[0].toJS()
      for (const resource of resources) ok(statSync(join(file, '..', resource)).isFile(), resource)
    }
  })

  test('workflows, container files, rules, dashboards and Terraform are right', () => {
    const { status, stdout, stderr } = spawnSync(join(root, 'e2e', '.built', 'paths.test'), [], { cwd: join(root, 'e2e', 'paths'), env: { ...process.env, MADE: made }, encoding: 'utf8' })
    equal(status, 0, stdout + stderr)
  })

  test('shellcheck has nothing to say', () => {
    const scripts = files(/\.sh$/)
    ok(scripts.length >= 6)
    const { status, stdout, stderr, error } = spawnSync('shellcheck', ['--enable=quote-safe-variables,check-unassigned-uppercase', ...scripts], { encoding: 'utf8' })
    equal(status, 0, `${error ?? ''}${stdout}${stderr}`)
    for (const script of scripts) ok(statSync(script).mode & 0o100, `${script} can be run`)
  })

  test('the look for secrets finds them, and nothing else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-secrets-'))
    try {
      const git = (...args) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'maintenance.auto=false', '-C', folder, ...args], { encoding: 'utf8' }).trim()
      git('init', '--quiet')
      cpSync(join(made, 'secrets-by-reference-0'), folder, { recursive: true })
      git('commit', '--quiet', '--allow-empty', '--message', 'empty')
      const base = git('rev-parse', 'HEAD')
      git('add', '.')
      git('commit', '--quiet', '--message', 'the path itself')
      const look = () => spawnSync('sh', ['look-for-secrets.sh', base], { cwd: folder, encoding: 'utf8' })
      equal(look().status, 0, look().stdout + look().stderr)
      writeFileSync(join(folder, 'config'), `password = "${'a'.repeat(24)}"\n`)
      git('add', '.')
      git('commit', '--quiet', '--message', 'a secret')
      equal(look().status, 1)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('the program of a new service is one, and answers', () => {
    const folder = join(made, 'new-service-0')
    const go = (...args) => execFileSync('go', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    go('mod', 'init', 'orders')
    go('get', 'github.com/prometheus/client_golang@v1.23.2')
    go('mod', 'tidy')
    go('vet', './...')
    go('build', '-o', join(made, 'orders'), '.')
    equal(execFileSync('gofmt', ['-l', 'main.go'], { cwd: folder, encoding: 'utf8' }), '')
  })
})

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)])
}

/** What the schema of a resource's kind says against it. */
async function schemaFaults(object) {
  const [group, version] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : ['', object.apiVersion]
  const found = []
  if (withoutSchema.includes(object.kind)) {
    if (object.kind !== 'Kustomization' && !/^[a-z][a-z0-9-]*$/.test(object.metadata?.name)) found.push('it has no name')
    if (object.kind !== 'Kustomization' && !object.spec) found.push('it has no spec')
    return found
  }
  const home = group === 'gateway.networking.k8s.io' ? '@kubernetes-models/gateway-api' : group === 'monitoring.coreos.com' ? '@kubernetes-models/prometheus-operator'
    : group === 'external-secrets.io' ? '@kubernetes-models/external-secrets' : 'kubernetes-models'
  const module = await import([home, group, version, object.kind].filter(Boolean).join('/'))
  try {
    new module[object.kind](object).validate()
  } catch (fault) {
    found.push(String(fault.message))
  }
  return found
}
