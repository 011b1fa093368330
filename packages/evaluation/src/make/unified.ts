/** What is read of a record as ingest normalises it; a line of its reader fits as it is. */
export interface UnifiedRecord {
  readonly source: string
  readonly sourceId: string
  readonly deleted: boolean
  readonly title: string | null
  readonly abstract: string | null
  readonly published: { readonly year: number } | null
  readonly language: string | null
  readonly venue: { readonly name: string | null; readonly issns: readonly string[] } | null
  readonly identifiers: readonly { readonly scheme: string; readonly value: string; readonly relation: string }[]
  readonly subjects: readonly { readonly label: string }[]
  readonly funders: readonly {
    readonly name: string | null
    readonly identifiers: readonly { readonly scheme: string; readonly value: string }[]
    readonly awards: readonly string[]
  }[]
  readonly references: readonly { readonly scheme: string | null; readonly value: string | null }[]
  readonly authors: readonly UnifiedAuthor[]
}

export interface UnifiedAuthor {
  readonly name: string
  readonly given: string | null
  readonly family: string | null
  readonly collective: boolean
  readonly orcid: string | null
  readonly email: string | null
  readonly role: string
  readonly affiliations: readonly {
    readonly name: string
    readonly ror: string | null
    readonly country: string | null
  }[]
}
