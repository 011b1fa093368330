/** What the engine reads of a record; a published record snapshot fits as it is. */
export interface LinkageRecord {
  readonly recordId: string
  readonly source: string
  readonly sourceId: string
  readonly version: number
  readonly deleted: boolean
  /** Nothing is matched through it, and its author entries become no slots. */
  readonly suppressed: boolean
  readonly title: string | null
  readonly titles: readonly LinkageTitle[]
  readonly type: string
  readonly published: PartialDate | null
  readonly language: string | null
  readonly venue: LinkageVenue | null
  readonly identifiers: readonly LinkageIdentifier[]
  readonly authors: readonly LinkageAuthor[]
  readonly subjects: readonly LinkageSubject[]
  readonly retracted: boolean
  readonly funders?: readonly LinkageFunder[]
  /** Stems of what its title, abstract and keywords say, where the caller keeps them; see `termsOf`. */
  readonly terms?: readonly string[]
  /** What its list of references names, where the caller keeps it; see `citedKeys`. */
  readonly cites?: readonly number[]
}

export interface LinkageFunder {
  readonly name: string | null
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[]
  readonly awards: readonly string[]
}

export interface LinkageTitle {
  readonly text: string
  readonly language: string | null
  /** main, subtitle, translated, original, short */
  readonly kind: string
}

export interface PartialDate {
  readonly year: number
  readonly month: number | null
  readonly day: number | null
}

export interface LinkageVenue {
  readonly name: string | null
  readonly issns: readonly string[]
  readonly type: string | null
  readonly publisher: string | null
  readonly volume: string | null
  readonly issue: string | null
  readonly firstPage: string | null
  readonly lastPage: string | null
}

export interface LinkageIdentifier {
  readonly scheme: string
  readonly value: string
  /** self, version_of, preprint_of, part_of, erratum_of …: how the identified thing relates to the described one */
  readonly relation: string
}

export interface LinkageSubject {
  readonly scheme: string
  readonly id: string | null
  readonly label: string
}

/** A mention: one author entry of a record. */
export interface LinkageAuthor {
  readonly mentionKey: string
  readonly aliases: readonly string[]
  readonly ambiguousAlias: boolean
  readonly position: number
  readonly name: string
  readonly given: string | null
  readonly family: string | null
  readonly collective: boolean
  readonly orcid: string | null
  readonly orcidAuthenticated: boolean | null
  readonly sourceIds: readonly PersonIdentifier[]
  readonly email: string | null
  readonly corresponding: boolean | null
  readonly role: string
  readonly affiliations: readonly LinkageAffiliation[]
}

export interface PersonIdentifier {
  readonly scheme: string
  readonly value: string
}

export interface LinkageAffiliation {
  readonly name: string
  readonly ror: string | null
  readonly country: string | null
}

// ---- works ----

/** A blocking key of a record: two records are compared only when they share one. */
export interface WorkKey {
  readonly key: string
  readonly kind: 'identifier' | 'fingerprint'
}

export type VerdictStatus = 'exact' | 'strong' | 'weak' | 'ambiguous' | 'different'

/** What the engine says of two records, and the rule that said so. */
export interface Verdict {
  readonly status: VerdictStatus
  /** The name of the rule: same-doi, same-title-authors … */
  readonly reason: string
  /** What the rule looked at, readable, sorted. */
  readonly evidence: readonly string[]
}

/** An accepted pair of records: status exact or strong. `left` is the smaller recordId. */
export interface Link {
  readonly left: string
  readonly right: string
  readonly status: VerdictStatus
  readonly reason: string
  readonly evidence: readonly string[]
}

/** A person's ruling on two records; it outranks every rule, and `cannot` outranks `must`. */
export interface Constraint {
  readonly recordA: string
  readonly recordB: string
  readonly kind: 'must' | 'cannot'
  readonly actId: string
  /** What one of the two is in the work of the other, where the act says so. */
  readonly role?: { readonly recordId: string; readonly role: WorkRole } | null
}

/**
 * What a record is in its work. Rules say primary, duplicate and version; that a part, an erratum or the notice of a
 * retraction belongs into the work of what it is about, only a person says.
 */
export type WorkRole = 'primary' | 'duplicate' | 'version' | 'part' | 'erratum' | 'retraction'

/** Which version of the primary record another one describes. */
export type VersionKind = 'preprint' | 'accepted' | 'translation' | 'conference' | 'other'

export type SuspicionKind = 'bridge' | 'conflicting-identifiers' | 'many-members' | 'years-apart'

/** What looks wrong about a work, for a curator to rule on; nothing is decided by rule there. */
export interface Suspicion {
  readonly kind: SuspicionKind
  readonly details: string
  /** The members it is about, sorted. */
  readonly recordIds: readonly string[]
}

/** The state of one work: a pure function of its members and of the constraints. */
export interface WorkState {
  /** uuidv5 of the smallest member's recordId. */
  readonly workId: string
  /** Live members, the primary one first, then by precedence. */
  readonly members: readonly WorkMemberState[]
  readonly canonical: CanonicalWork
  readonly slots: readonly SlotState[]
  readonly flags: readonly string[]
  /** Sorted; none for most works. */
  readonly suspicions: readonly Suspicion[]
  /** Accepted pairs among the members. */
  readonly links: readonly Link[]
  /** Records of other works that a rule would have linked to a member, and a constraint or a guard keeps apart. */
  readonly heldApart: readonly string[]
}

export interface WorkMemberState {
  readonly recordId: string
  readonly source: string
  readonly sourceId: string
  readonly version: number
  readonly role: WorkRole
  readonly type: string
  /** founder, must-link, or the rule that linked it. */
  readonly reason: string
  readonly linkedTo: string | null
  /** Of members with the role version; null for all others. */
  readonly versionKind: VersionKind | null
}

export interface CanonicalWork {
  readonly title: string | null
  readonly type: string
  readonly published: PartialDate | null
  readonly language: string | null
  readonly venue: LinkageVenue | null
  readonly doi: string | null
  readonly identifiers: readonly LinkageIdentifier[]
  readonly subjects: readonly LinkageSubject[]
  readonly retracted: boolean
  readonly fieldSources: readonly FieldSource[]
}

export interface FieldSource {
  readonly field: string
  readonly recordId: string
  /** 0 to 1, two decimals: agreeing sources × reliability × consistency; see `confidenceOf`. */
  readonly confidence: number
  /** Sources that say the same, the chosen one included. */
  readonly agreeing: number
}

/** An identifier of a member, with what it is to the whole work: `self`, `has_version`, `part_of` … */
export interface WorkIdentifier extends LinkageIdentifier {
  /** The members that say so, sorted. */
  readonly recordIds: readonly string[]
}

/** A member of a work, as canonical metadata and slots are made from it. */
export interface Member {
  readonly record: LinkageRecord
  readonly role: WorkRole
}

/** Who may speak for a work on a field: a member, or what else is known of the work. */
export interface Speaker {
  readonly record: Pick<LinkageRecord, 'recordId' | 'source' | 'type'>
  readonly role: WorkRole
}

/** One author on the byline of a work: a cluster of mentions, never two of one record. */
export interface SlotState {
  /** The smallest mention key in it. */
  readonly slotId: string
  readonly position: number
  readonly name: string
  readonly given: string | null
  readonly family: string | null
  readonly collective: boolean
  readonly orcid: string | null
  readonly orcidConflict: boolean
  readonly corresponding: boolean
  readonly ambiguous: boolean
  readonly affiliations: readonly string[]
  readonly mentions: readonly SlotMention[]
}

export interface SlotMention {
  readonly key: string
  readonly aliases: readonly string[]
  readonly recordId: string
  readonly version: number
  readonly position: number
  readonly name: string
}

// ---- authors ----

export interface NameForm {
  readonly name: string
  readonly given: string | null
  readonly family: string | null
}

/** What is compared of a work, once for all its slots; plain data that a store may keep as JSON. */
export interface WorkFeatures {
  readonly workId: string
  readonly title: string | null
  readonly year: number | null
  readonly type: string
  readonly venue: string | null
  readonly issns: readonly string[]
  readonly subjects: readonly string[]
  /** Stems of what title, abstract and keywords say; see `termsOf`. */
  readonly terms?: readonly string[]
  /** The first part of its BCP 47 tag; absent where nobody says. */
  readonly language?: string
  /** See `fundingOf`; absent where nobody says. */
  readonly funders?: readonly string[]
  readonly awards?: readonly string[]
  /** Keys of the works that this one cites, and those it is cited by; see `citedKeys`. Absent where there are none. */
  readonly cites?: readonly number[]
  readonly citedAs?: readonly number[]
  /** One for each slot that is a person; of bylines beyond 200 the first 200. */
  readonly byline: readonly BylineName[]
}

export interface BylineName {
  readonly slotId: string
  readonly name: NameForm
}

/** What is compared of a slot; plain data that a store may keep as JSON. */
export interface SlotFeatures {
  readonly slotId: string
  readonly workId: string
  readonly position: number
  readonly collective: boolean
  /** Distinct forms of its mentions. */
  readonly names: readonly NameForm[]
  readonly orcids: readonly string[]
  readonly sourceIds: readonly PersonIdentifier[]
  readonly emails: readonly string[]
  readonly affiliations: readonly LinkageAffiliation[]
  /** Keys of its mentions and their aliases, sorted. */
  readonly mentionKeys: readonly string[]
}

/** What is compared of a profile; plain data that a store may keep as JSON. */
export interface ProfileFeatures {
  readonly profileId: string
  readonly names: readonly NameForm[]
  readonly identities: readonly ProfileIdentityFeatures[]
  readonly affiliations: readonly ProfileAffiliationFeatures[]
  /** Slots that the person (never a rule) confirmed and rejected; see `decisionEvidence`. */
  readonly confirmed: readonly DecidedSlot[]
  readonly rejected: readonly DecidedSlot[]
}

export interface ProfileIdentityFeatures {
  /** orcid, email, openalex_author, hal_author … */
  readonly type: string
  readonly value: string
  readonly verifiedAt: number | null
  /** auto_claim, auto_suggest, auto_reject, ignore */
  readonly policy: string
  /** mine, partly_mine, not_mine */
  readonly ownership: string
}

export interface ProfileAffiliationFeatures {
  readonly name: string
  readonly ror: string | null
  readonly country: string | null
  readonly fromYear: number | null
  readonly toYear: number | null
}

/** A slot somebody decided on, with its work as it is now. */
export interface DecidedSlot {
  readonly slot: SlotFeatures
  readonly work: WorkFeatures
}

export type BlockKind =
  | 'orcid'
  | 'author_id'
  | 'email'
  | 'name_full'
  | 'name_words'
  | 'name_given'
  | 'name_variant'
  | 'name_abbreviated'
  | 'name_coauthor'
  | 'name_affiliation'
  | 'name_field'
  | 'name_initial'
  | 'name_family'

/** A blocking key of a slot or of a profile: the two are compared when they share one. */
export interface BlockKey {
  readonly key: string
  readonly kind: BlockKind
}

/** A key to look up, with what to look up instead where its block is too big for the caller. */
export interface KeyChoice extends BlockKey {
  /** Frequent by the model's frozen table, which is the same whatever has arrived so far. */
  readonly frequent: boolean
  /** Keys whose blocks split this one, in turn with narrower ones; none where there is nothing narrower. */
  narrower(): readonly KeyChoice[]
}

/** One comparison and what it contributed: log2 of a likelihood ratio. */
export interface Reason {
  /** orcid_exact, name_similar, coauthor_network … and prior */
  readonly type: string
  readonly level: string
  readonly weight: number
  readonly details: string | null
}

export interface Evidence {
  /** SHA-256 hex of the items. */
  readonly hash: string
  /** Readable, sorted. */
  readonly items: readonly string[]
}

/** What the engine reads of an act. */
export interface DecisionAct {
  readonly seq: number
  readonly kind: string
  readonly via: string
  /** null once erased: such an act is no evidence. */
  readonly about: { readonly candidateId: string; readonly mentions: readonly { readonly key: string }[] } | null
}

/** Mention keys that persons' acts stand for now, sorted. Acts `via auto` are never evidence. */
export interface DecisionEvidence {
  readonly confirmed: readonly string[]
  readonly rejected: readonly string[]
}
