import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SCHEMAS } from './codec/compiled-schemas.ts'
import { topicCatalogue } from './topic-catalogue.ts'
import { TOPIC_NAMES, TOPICS } from './topics.ts'

it('the README has the table of the topics as they are', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  expect(readme).toContain(`${topicCatalogue()}\n`)
})

describe.each(TOPIC_NAMES)('topic %s', (name) => {
  const fields: readonly string[] = JSON.parse(SCHEMAS[name]).fields.map((field: { name: string }) => field.name)

  it('names fields that its values have', () => {
    expect(fields).toContain(TOPICS[name].id)
    expect(fields).toContain(TOPICS[name].number)
    expect(fields).toContain('eventId')
  })

  it('leaves the broker room above what a writer may store', () => {
    expect(TOPICS[name].maxValueBytes).toBeLessThan(TOPICS[name].maxMessageBytes)
  })
})
