/** What a process knows of its brokers' silence. */
export interface Seeds {
  /** Whom to ask first: those that were not silent lately; all of them when all were. */
  list(): readonly string[]
  isSilent(address: string): boolean
  silent(address: string): void
  answered(address: string): void
}

/**
 * Remembers which brokers gave no answer, so that not every new connection begins with the same silent one. What is
 * remembered ends with the first answer.
 */
export function createSeeds(brokers: readonly string[]): Seeds {
  const known = new Set<string>()
  return {
    list() {
      const answering = brokers.filter((address) => !known.has(address))
      return answering.length > 0 ? answering : brokers
    },
    isSilent: (address) => known.has(address),
    silent: (address) => void known.add(address),
    answered: (address) => void known.delete(address),
  }
}
