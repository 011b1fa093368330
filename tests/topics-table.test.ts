import { readFileSync } from 'node:fs'
import { TOPICS } from '@atlas/schemas'
import { expect, it } from 'vitest'

it('the table of topics in docs/architecture.md is that of topics.ts', () => {
  const page = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8')
  const cells = page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  const names = new Set<string>(Object.keys(TOPICS))
  expect(cells.filter(([name = '']) => names.has(name))).toEqual(
    Object.values(TOPICS).map(({ name, key, partitions, kind, number, producer, consumers }) => [
      name,
      key,
      String(partitions),
      `${kind}, by ${number}`,
      producer,
      consumers.join(', '),
    ]),
  )
})
