import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NewProfile } from './deployment/people.ts'

interface OrcidRecord {
  readonly 'orcid-identifier'?: { readonly path?: string }
  readonly person?: {
    readonly name?: {
      readonly 'given-names'?: { readonly value?: string } | null
      readonly 'family-name'?: { readonly value?: string } | null
      readonly 'credit-name'?: { readonly value?: string } | null
    } | null
    readonly 'other-names'?: { readonly 'other-name'?: readonly { readonly content?: string }[] }
  }
  readonly 'activities-summary'?: {
    readonly employments?: {
      readonly 'employment-summary'?: readonly {
        readonly organization?: { readonly name?: string; readonly address?: { readonly country?: string } }
      }[]
    }
    readonly works?: {
      readonly group?: readonly {
        readonly 'external-ids'?: {
          readonly 'external-id'?: readonly {
            readonly 'external-id-type'?: string
            readonly 'external-id-value'?: string
          }[]
        }
      }[]
    }
  }
}

/** A person of an ORCID record, and the DOIs he says are his. */
export interface OrcidProfile {
  readonly profile: NewProfile
  readonly orcid: string
  readonly dois: readonly string[]
}

/** Profiles of the whole records (v2.x, JSON) in a folder, in the order of file names; those without a name are left out. */
export async function orcidProfilesIn(folder: string): Promise<readonly OrcidProfile[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  const profiles = new Map<string, OrcidProfile>()
  for (const file of files) {
    const made = profileOf(JSON.parse(await readFile(join(folder, file), 'utf8')) as OrcidRecord)
    if (made && !profiles.has(made.orcid)) profiles.set(made.orcid, made)
  }
  return [...profiles.values()]
}

function profileOf(record: OrcidRecord): OrcidProfile | undefined {
  const orcid = record['orcid-identifier']?.path
  // A person with one name has the other one empty.
  const given = record.person?.name?.['given-names']?.value?.trim() || null
  const family = record.person?.name?.['family-name']?.value?.trim() || null
  const full = [given, family].filter(Boolean).join(' ')
  const credit = record.person?.name?.['credit-name']?.value
  if (!orcid || full === '') return undefined
  const others = [credit, ...(record.person?.['other-names']?.['other-name'] ?? []).map((name) => name.content)]
  const names = [...new Set(others.filter((name): name is string => Boolean(name?.trim()) && name !== full))]
  const employers = record['activities-summary']?.employments?.['employment-summary'] ?? []
  return {
    orcid,
    dois: doisOf(record),
    profile: {
      displayName: full,
      names: [
        { name: full, given, family, primary: true },
        ...names.map((name) => ({ name, given: null, family: null })),
      ],
      identities: [{ type: 'orcid', value: orcid, primary: true, method: 'imported' }],
      affiliations: employers.flatMap(({ organization }) =>
        organization?.name ? [{ name: organization.name, country: countryOf(organization.address?.country) }] : [],
      ),
    },
  }
}

function countryOf(text: string | undefined): string | null {
  return text !== undefined && /^[A-Z]{2}$/.test(text) ? text : null
}

function doisOf(record: OrcidRecord): readonly string[] {
  const groups = record['activities-summary']?.works?.group ?? []
  const ids = groups.flatMap((group) => group['external-ids']?.['external-id'] ?? [])
  return [
    ...new Set(
      ids
        .filter((id) => id['external-id-type']?.toLowerCase() === 'doi')
        .flatMap((id) => (id['external-id-value'] ? [id['external-id-value'].toLowerCase()] : [])),
    ),
  ]
}
