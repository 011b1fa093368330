import { shortKey, type WorkFeatures } from '@atlas/linkage'
import { type Random, randomOf } from '@atlas/testing/world'

type Told = Pick<WorkFeatures, 'language' | 'funders' | 'awards' | 'cites' | 'citedAs'>

// Shares by hand: one work in six says no language, one in five of the rest is not in English; three in ten name a funder, a
// third of them a grant; seven in ten have a list of references, in which one in four cites its author's other works.
const LIFE = { language: 5 / 6, english: 0.8, funder: 0.3, award: 0.33, references: 0.7, ownWork: 0.25, elsewhere: 0.3 }
const LANGUAGES = ['de', 'hu', 'fr', 'es', 'pt']
const FUNDERS = 40
const [FEWEST, MORE] = [10, 50]
// What a subject cites, of which every work of it takes some.
const SUBJECTS = 500
const READING = 400
// Works that a profile confirms, and one to come.
const OWN = [0, 1, 2, 3, 4, 99]

/** Language, funding and citations of a work of person `index`, whose works are called after him. */
export function circumstances(workId: string): Told {
  const random = randomOf('circumstances', workId)
  const index = Number.parseInt(workId, 10)
  const [funder, grant] = [random.chance(LIFE.funder), random.chance(LIFE.award)]
  return {
    ...(random.chance(LIFE.language) ? { language: languageOf(index, random) } : {}),
    ...(funder ? { funders: [`fund ${away(random) ? random.int(FUNDERS) : index % FUNDERS}`] } : {}),
    ...(funder && grant ? { awards: [`g${away(random) ? random.int(1_000_000) : index}00000`] } : {}),
    ...(random.chance(LIFE.references) ? { cites: cited(index, workId, random) } : {}),
    citedAs: [shortKey(workId)],
  }
}

function away(random: Random): boolean {
  return random.chance(LIFE.elsewhere)
}

function languageOf(index: number, random: Random): string {
  return random.chance(LIFE.english) ? 'en' : (LANGUAGES[index % LANGUAGES.length] ?? 'en')
}

function cited(index: number, workId: string, random: Random): readonly number[] {
  const subject = away(random) ? random.int(SUBJECTS) : index % SUBJECTS
  const read = Array.from({ length: FEWEST + random.int(MORE) }, () => `read ${subject} ${random.int(READING)}`)
  const own = random.chance(LIFE.ownWork) ? OWN.map((no) => `${index}.${no}`).filter((one) => one !== workId) : []
  const some = own.slice(random.int(own.length + 1))
  return [...new Set([...read, ...some].map(shortKey))].sort((a, b) => a - b)
}
