import type { RecordOpenAccessLocation } from '@atlas/schemas'
import { ourWord } from './mapping.ts'

/** Which text a place has, by the words of OpenAlex, Unpaywall, JATS (NISO RP-8-2008) and Crossref's licences. */
export const TEXT_VERSIONS: Readonly<Record<string, string>> = {
  publishedversion: 'published',
  published: 'published',
  vor: 'published',
  acceptedversion: 'accepted',
  accepted: 'accepted',
  am: 'accepted',
  submittedversion: 'submitted',
  submitted: 'submitted',
  ao: 'submitted',
}

/** A place where a text can be read; none where there is no address. */
export function openPlace(
  url: string | undefined,
  known: {
    readonly pdfUrl?: string | undefined
    readonly host?: string | undefined
    readonly version?: string | undefined
    readonly licence?: string | undefined
    readonly best?: boolean
  } = {},
): RecordOpenAccessLocation[] {
  const { pdfUrl, host, version, licence, best = false } = known
  const address = url ?? pdfUrl
  if (address === undefined) return []
  return [
    {
      url: address,
      pdfUrl: pdfUrl ?? null,
      host: host ?? null,
      version: ourWord(TEXT_VERSIONS, version?.toLowerCase()) ?? null,
      licence: licence ?? null,
      best,
    },
  ]
}
