import type { Adapter } from './adapter.ts'
import { arxiv } from './arxiv.ts'
import { biorxiv } from './biorxiv.ts'
import { core } from './core.ts'
import { crossref } from './crossref.ts'
import { datacite } from './datacite.ts'
import { dblp } from './dblp.ts'
import { doaj } from './doaj.ts'
import { europepmc } from './europepmc.ts'
import { hal } from './hal.ts'
import { inspire } from './inspire.ts'
import { medrxiv } from './medrxiv.ts'
import { openalex } from './openalex.ts'
import { opencitations } from './opencitations.ts'
import { orcid } from './orcid.ts'
import { persee } from './persee.ts'
import { pubmed } from './pubmed.ts'
import { ror } from './ror.ts'
import { scanr } from './scanr.ts'
import { semanticscholar } from './semanticscholar.ts'
import { sudoc } from './sudoc.ts'
import { unpaywall } from './unpaywall.ts'
import { zenodo } from './zenodo.ts'

const TAKEN: readonly Adapter[] = [
  openalex,
  crossref,
  hal,
  pubmed,
  datacite,
  arxiv,
  dblp,
  opencitations,
  europepmc,
  ror,
  biorxiv,
  medrxiv,
  semanticscholar,
  orcid,
  inspire,
  scanr,
  doaj,
  zenodo,
  core,
  unpaywall,
  sudoc,
  persee,
]

/** The adapter of each source we take: one row each. */
export const ADAPTERS: ReadonlyMap<string, Adapter> = new Map(TAKEN.map((adapter) => [adapter.source, adapter]))
