import type { RecordAffiliation } from '@atlas/schemas'
import type { JsonObject, NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor } from './blank.ts'
import { emailIn } from './pubmed-authors.ts'
import { isObject, type Reading } from './reading.ts'
import { medlineName, splitName, wholeName } from './written-names.ts'

/** The byline: the list of the full form, else the line of the short one, `Dupont J, van der Berg M.` */
export function europepmcAuthors(reading: Reading, result: JsonObject): NormalisedAuthor[] {
  const { author } = reading.object(result.authorList, '/authorList')
  const entries = reading.objects(author, '/authorList/author')
  if (entries.length > 0) return entries.map((entry, at) => authorOf(reading, entry, at))
  const line = reading.plain(result.authorString, '/authorString') ?? ''
  const names = line.replace(/\.$/, '').split(/[,;]\s{1,3}/)
  return names
    .flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))
    .map((name, at) => {
      return { ...blankAuthor(at + 1), ...medlineName(name) }
    })
}

function authorOf(reading: Reading, entry: JsonObject, at: number): NormalisedAuthor {
  const pointer = `/authorList/author/${at}`
  const part = (key: string) => reading.plain(entry[key], `${pointer}/${key}`)
  const group = part('collectiveName')
  const name = group === undefined ? nameOf(part) : { ...wholeName(group), collective: true }
  const affiliations = affiliationsOf(reading, entry, pointer)
  return {
    ...blankAuthor(at + 1),
    ...name,
    ...idsOf(reading, entry, pointer),
    email: emailIn(affiliations),
    affiliations,
  }
}

/** Patents have the whole name in every field. */
function nameOf(part: (key: string) => string | undefined) {
  const [given, family, full] = [part('firstName') ?? part('initials'), part('lastName'), part('fullName')]
  if (given === undefined || family === undefined) return wholeName(full ?? family ?? given ?? '')
  return splitName(given, family, part('suffix') ?? null, full)
}

function idsOf(reading: Reading, entry: JsonObject, pointer: string): Pick<NormalisedAuthor, 'orcid' | 'sourceIds'> {
  const ids = reading.oneOrMore(entry.authorId).filter((id) => isObject(id))
  const place = `${pointer}/authorId`
  const orcid = ids.find(({ type }) => type === 'ORCID')
  return {
    orcid: reading.orcid(reading.text(orcid?.value, `${place}/value`), `${place}/value`),
    sourceIds: ids.flatMap(({ type, value }) => {
      const id = reading.text(value, `${place}/value`)
      return type === 'ORCID' || typeof type !== 'string' || id === undefined
        ? []
        : { scheme: type.toLowerCase(), value: id.trim() }
    }),
  }
}

/** One by one in the full form, or, in answers of before 2020, one line for all. */
function affiliationsOf(reading: Reading, entry: JsonObject, pointer: string): RecordAffiliation[] {
  const list = reading.object(entry.authorAffiliationDetailsList, `${pointer}/authorAffiliationDetailsList`)
  const place = `${pointer}/authorAffiliationDetailsList/authorAffiliation`
  const known = reading.objects(list.authorAffiliation, place).flatMap((one, at) => {
    const name = reading.plain(one.affiliation, `${place}/${at}/affiliation`)
    const id = reading.text(one.affiliationOrgId, `${place}/${at}/affiliationOrgId`)
    const ror = id?.includes('ror.org') ? reading.ror(id, `${place}/${at}/affiliationOrgId`) : null
    if (name === undefined) return []
    const other = id !== undefined && ror === null ? [{ scheme: 'europepmc_org', value: id.trim() }] : []
    return affiliationNamed(name, { ror, identifiers: other })
  })
  if (known.length > 0) return known
  const line = reading.plain(entry.affiliation, `${pointer}/affiliation`)
  return line === undefined ? [] : [affiliationNamed(line)]
}
