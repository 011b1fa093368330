import { fieldsOf, found, idOf, isNumber, isString, listOf, schemaTypeOf, textOf, unusable } from './answers.ts'
import { IncompatibleSchemaError } from './errors.ts'
import { createSend, type Send } from './http-request.ts'
import type { SchemaRegistry, SchemaVersion } from './registry.ts'

// A registry under load answers in 0.1 s; a start with kept ids must not wait 10 s for one that is away.
export const FETCH_TIMEOUT_MS = 3_000
// The registration step has nothing to fall back on, and a machine under test load took 2 s an answer.
export const PUSH_TIMEOUT_MS = 15_000

/** A registry that speaks Confluent's API at `url`; see docs/decisions/0002-registry-client.md. */
export function createHttpRegistry(url: string, timeoutMs: number): SchemaRegistry {
  const send = createSend(url, timeoutMs)
  return {
    async findId(subject, schema) {
      const body = found(await send('POST', subjectPath(subject), { schema }))
      return body === undefined ? undefined : idOf(body)
    },
    async findSchema(id) {
      const body = found(await send('GET', `/schemas/ids/${id}`))
      return body === undefined ? undefined : { schemaType: schemaTypeOf(body), schema: textOf(body, 'schema') }
    },
    async listSubjects(id) {
      const body = found(await send('GET', `/schemas/ids/${id}/subjects`))
      return body === undefined ? [] : listOf(body, isString)
    },
    listVersions: (subject) => listVersions(send, subject),
    findObjections: (subject, schema) => findObjections(send, subject, schema),
    register: (subject, schema) => register(send, subject, schema),
    requireFullTransitive: (subject) => requireFullTransitive(send, subject),
  }
}

function subjectPath(subject: string): string {
  return `/subjects/${encodeURIComponent(subject)}`
}

async function listVersions(send: Send, subject: string): Promise<readonly SchemaVersion[]> {
  const body = found(await send('GET', `${subjectPath(subject)}/versions`))
  const versions: SchemaVersion[] = []
  for (const version of body === undefined ? [] : listOf(body, isNumber)) {
    const entry = found(await send('GET', `${subjectPath(subject)}/versions/${version}`))
    if (entry === undefined) continue
    versions.push({ version, id: idOf(entry), schemaType: schemaTypeOf(entry), schema: textOf(entry, 'schema') })
  }
  return versions
}

async function findObjections(send: Send, subject: string, schema: string): Promise<readonly string[]> {
  const path = `/compatibility${subjectPath(subject)}/versions?verbose=true`
  const body = found(await send('POST', path, { schema }))
  if (body === undefined) return []
  const { is_compatible: compatible, messages } = fieldsOf(body)
  if (compatible === true) return []
  const said = Array.isArray(messages) ? messages.filter(isString) : []
  return said.length > 0 ? said : ['the registry gives no reason']
}

async function register(send: Send, subject: string, schema: string): Promise<number> {
  const answer = await send('POST', `${subjectPath(subject)}/versions`, { schema })
  if (answer.status === 409 || answer.status === 422) {
    throw new IncompatibleSchemaError(subject, [
      String(fieldsOf(answer.body)['message'] ?? `refused with ${answer.status}`),
    ])
  }
  if (answer.status >= 400) throw unusable(answer)
  return idOf(answer.body)
}

async function requireFullTransitive(send: Send, subject: string | undefined): Promise<void> {
  const path = subject === undefined ? '/config' : `/config/${encodeURIComponent(subject)}`
  const put = () => send('PUT', path, { compatibility: 'FULL_TRANSITIVE' })
  const first = await put()
  // Apicurio refuses one of two that make the rule at the same moment; after that there is one to change.
  const answer = first.status === 409 ? await put() : first
  if (answer.status >= 400) throw unusable(answer)
}
