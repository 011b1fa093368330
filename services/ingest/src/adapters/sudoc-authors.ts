import { parsePpn } from '@atlas/identifiers'
import type { RecordAffiliation } from '@atlas/schemas'
import { childOf, elementsOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'
import type { NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor } from './blank.ts'
import { plainTextOf } from './plain-text.ts'
import { FOAF, MARCREL, marcRole, uriOf } from './rdf.ts'
import { invertedName, wholeName } from './written-names.ts'

interface Agent {
  readonly code: string
  readonly element: XmlElement
  readonly name: string
  readonly idref: string | undefined
}

/**
 * People and groups with their roles, each with its notice in IdRef. What a thesis has besides (the university, doctoral school and
 * laboratories) is where its author worked.
 */
export function sudocAuthors(thing: XmlElement | undefined, type: string): NormalisedAuthor[] {
  const agents = elementsOf(thing).flatMap((property) => agentsOf(property))
  const isGroup = ({ element }: Agent) => element.local === 'Organization'
  const isByline = (agent: Agent) =>
    !isGroup(agent) || (type !== 'thesis' && agent.code !== 'dgg') || agent.code === 'aut'
  const places = type === 'thesis' ? agents.filter((agent) => !isByline(agent)).map(affiliationOf) : []
  return agents.filter(isByline).map((agent, at) => {
    const role = marcRole(agent.code)
    return {
      ...blankAuthor(at + 1),
      ...(isGroup(agent) ? { ...wholeName(agent.name), collective: true } : personName(agent.name)),
      sourceIds: agent.idref === undefined ? [] : [{ scheme: 'idref', value: agent.idref }],
      role,
      affiliations: role === 'author' && !isGroup(agent) ? places : [],
    }
  })
}

function agentsOf(property: XmlElement): Agent[] {
  if (property.uri !== MARCREL) return []
  return elementsOf(property).flatMap((element) => {
    const name = plainTextOf(lineOf(childOf(element, 'name', FOAF)))
    return [{ code: property.local, element, name: name ?? '', idref: parsePpn(uriOf(element) ?? '') }]
  })
}

/** `Faliès, Cécile (1982-....)`: years and profession tell one bearer of the name from another. */
function personName(written: string) {
  if (written.length > 1000) return wholeName(written) // refused for its length
  const bare = written.replace(/\s{0,3}\([^()]{0,200}\)$/, '')
  const name = invertedName(bare)
  return bare === written ? name : { ...name, nameForms: [written] }
}

function affiliationOf({ name, idref }: Agent): RecordAffiliation {
  const bare = name.slice(0, 1000).replace(/\s{0,3}\([\d.?]{2,4}-[\d.?]{2,4}\)$/, '')
  return affiliationNamed(bare, { identifiers: idref === undefined ? [] : [{ scheme: 'idref', value: idref }] })
}
