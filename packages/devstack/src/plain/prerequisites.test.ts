import { expect, it } from 'vitest'
import { missingSentences } from './prerequisites.mjs'

const java = { path: '/jvm/bin/java', major: 21 }
const all = { kafkaJava: java, newestJava: 21, maven: '/usr/bin/mvn', redisServer: '/usr/bin/redis-server' }
const given = { KAFKA_BROKERS: 'k:9092', SCHEMA_REGISTRY_URL: 'http://r', REDIS_URL: 'redis://r' }

it.each([
  { lacking: 'nothing', found: all, env: {}, names: [] },
  { lacking: 'Java', found: { ...all, kafkaJava: undefined, newestJava: 0 }, env: {}, names: ['Java 17'] },
  { lacking: 'Maven', found: { ...all, maven: undefined }, env: {}, names: ['Maven'] },
  { lacking: 'Redis', found: { ...all, redisServer: undefined }, env: {}, names: ['Redis'] },
  {
    lacking: 'everything',
    found: { kafkaJava: undefined, newestJava: 0, maven: undefined, redisServer: undefined },
    env: {},
    names: ['Java 17', 'Maven', 'Redis'],
  },
  {
    lacking: 'everything, and nothing of it is needed',
    found: { kafkaJava: undefined, newestJava: 0, maven: undefined, redisServer: undefined },
    env: given,
    names: [],
  },
])('without $lacking there is one sentence for each of $names', ({ found, env, names }) => {
  const sentences = missingSentences(found, env)
  expect(sentences).toHaveLength(names.length)
  for (const [i, name] of names.entries()) expect(sentences[i]).toMatch(new RegExp(`^${name}.* is missing.*install it`))
})

it('says which Java was found when it is too old', () => {
  expect(missingSentences({ ...all, kafkaJava: undefined, newestJava: 11 }, {})[0]).toContain(
    'the newest here is Java 11',
  )
})
