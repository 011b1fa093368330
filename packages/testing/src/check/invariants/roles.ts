import type { Invariant } from '../verdict.ts'

export const V23: Invariant = {
  id: 'V23',
  title: "no role can connect to another's database; nobody but their owner may change acts",
  check({ access: { tried, actsOpenTo, weakTriggers } }) {
    const violations = [
      ...tried
        .filter((pair) => pair.connected && !pair.own)
        .map(({ role, database }) => `${role} can connect to ${database}`),
      // A matrix in which nothing connects proves nothing.
      ...tried
        .filter((pair) => pair.own && !pair.connected)
        .map(({ role, database, detail }) => `${role} cannot connect to its own ${database}: ${detail}`),
      ...actsOpenTo.map((grant) => `acts are open to ${grant}`),
      ...weakTriggers.map((trigger) => `trigger ${trigger} does not fire always`),
    ]
    const refused = tried.filter((pair) => !pair.connected).length
    return { looked: tried.length, figures: { tried: tried.length, refused }, violations }
  },
}
