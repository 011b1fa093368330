interface Edge {
  readonly left: string
  readonly right: string
  readonly status: string
  readonly reason: string
  readonly evidence: readonly string[]
}

interface Node {
  readonly recordId: string
  readonly source: string
  readonly sourceId: string
  readonly role: string
  readonly versionKind: string | null
  readonly type: string
  readonly year: number | null
  readonly title: string | null
  readonly retracted: boolean
  readonly reason: string
  readonly linkedTo: string | null
}

interface HeldApart {
  readonly record: Pick<Node, 'recordId' | 'source' | 'sourceId' | 'type' | 'year' | 'title'>
  readonly workId: string
  readonly link: Edge | null
  readonly by: Edge | null
  /** The record of the other work in that pair. */
  readonly beside: Pick<Node, 'recordId' | 'source' | 'sourceId'> | null
  readonly rulingId: string | null
}

interface Ruling {
  readonly rulingId: string
  readonly kind: string
  readonly role: string | null
  readonly actor: string
  readonly reason: string
  readonly decidedAt: string
  readonly inForce: boolean
}

/** What the matcher says of a work; a redirect has no members. */
export interface WorkAnswer {
  readonly work: {
    readonly workId: string
    readonly revision: number
    readonly state: string
    readonly redirectTo: string | null
    readonly title: string | null
    readonly flags: readonly string[]
    readonly identifiers: readonly { readonly scheme: string; readonly value: string; readonly relation: string }[]
    readonly fieldSources: readonly {
      readonly field: string
      readonly recordId: string
      readonly confidence?: number | null
      readonly agreeing?: number | null
    }[]
  }
  readonly graph: {
    /** The rules by which it was computed. */
    readonly rules: string
    readonly nodes: readonly Node[]
    readonly complete: boolean
    readonly links: readonly Edge[]
    readonly against: readonly Edge[]
    readonly heldApart: readonly HeldApart[]
    readonly rulings: readonly Ruling[]
    readonly related: readonly {
      readonly workId: string
      readonly title: string | null
      readonly type: string
      readonly relation: string
      readonly scheme: string
      readonly value: string
    }[]
  }
}

const TITLE = 60
const LINES = 40

/**
 * The records of a work as a tree from the primary one, each with the rule and the evidence that joined it, then the other
 * links, what speaks against, what is held apart by whom, and where each field comes from.
 */
export function workGraphText({ work, graph }: WorkAnswer): string {
  const { nodes } = graph
  const names = new Map(nodes.map((node) => [node.recordId, nameOf(node)]))
  const name = (recordId: string): string => names.get(recordId) ?? recordId
  const inTree = new Set(nodes.flatMap(({ recordId, linkedTo }) => (linkedTo ? [pairKey(recordId, linkedTo)] : [])))
  const others = graph.links.filter(({ left, right }) => !inTree.has(pairKey(left, right)))
  const edgeLine = (edge: Edge): string => `${name(edge.left)} — ${name(edge.right)}  ${ruleOf(edge)}`
  return [
    `work ${work.workId}, ${work.state}${work.redirectTo ? ` to ${work.redirectTo}` : ''}, revision ${work.revision}, by ${graph.rules}: ${quoted(work.title)}`,
    ...(work.flags.length > 0 ? [`flags: ${work.flags.join(', ')}`] : []),
    ...treeOf(nodes, graph.links),
    ...section(graph.complete ? 'other links' : 'other links, to the primary record only', others.map(edgeLine)),
    ...section('joined although a rule keeps them apart', graph.against.map(edgeLine)),
    ...section(
      'held apart',
      graph.heldApart.flatMap((one) => heldApartLines(one, name)),
    ),
    ...section('rulings', graph.rulings.map(rulingLine)),
    ...section(
      'related works',
      graph.related.map(
        (one) =>
          `${one.relation}  ${one.workId}  ${one.type}  ${quoted(one.title)}  through ${one.scheme}:${one.value}`,
      ),
    ),
    ...section(
      'identifiers',
      work.identifiers.map(({ scheme, value, relation }) => `${relation}  ${scheme}:${value}`),
    ),
    ...section(
      'fields',
      work.fieldSources.map(
        ({ field, recordId, confidence, agreeing }) =>
          `${field.padEnd(10)}  from ${name(recordId)}${sureness(confidence, agreeing)}`,
      ),
    ),
  ].join('\n')
}

function treeOf(nodes: readonly Node[], links: readonly Edge[]): readonly string[] {
  const children = Map.groupBy(nodes, ({ linkedTo }) => linkedTo ?? '')
  const edges = new Map(links.map((edge) => [pairKey(edge.left, edge.right), edge]))
  const lines: string[] = []
  const below = (parent: Node, indent: string): void => {
    const own = children.get(parent.recordId) ?? []
    for (const [at, node] of own.entries()) {
      const isLast = at === own.length - 1
      const edge = edges.get(pairKey(node.recordId, parent.recordId))
      const rule = edge?.reason === node.reason ? `${node.reason} (${edge.status})` : node.reason
      lines.push(`${indent}${isLast ? '└─' : '├─'} ${rule} ─ ${shownNode(node)}`)
      const next = `${indent}${isLast ? '   ' : '│  '}`
      if (edge)
        lines.push(
          `${next}${(children.get(node.recordId) ?? []).length > 0 ? '│ ' : '  '} ${edge.evidence.join(' · ')}`,
        )
      below(node, next)
    }
  }
  for (const root of children.get('') ?? []) {
    lines.push(shownNode(root))
    below(root, '')
  }
  return lines
}

function shownNode({ role, versionKind, type, year, title, retracted, ...node }: Node): string {
  const kind = versionKind === null ? role : `${role} (${versionKind})`
  return `${nameOf(node)}  ${kind}  ${type} ${year ?? 'of no year'}${retracted ? ' RETRACTED' : ''}  ${quoted(title)}`
}

function heldApartLines(
  { record, workId, link, by, beside, rulingId }: HeldApart,
  name: (id: string) => string,
): readonly string[] {
  const here = link === null ? null : link.left === record.recordId ? link.right : link.left
  const shown = (id: string): string => (id === beside?.recordId ? nameOf(beside) : name(id))
  const because = [
    ...(rulingId === null ? [] : [`kept apart by ruling ${rulingId}`]),
    ...(by === null
      ? []
      : [`kept apart by ${by.reason}: ${shown(by.left)} — ${shown(by.right)}  ${by.evidence.join(' · ')}`]),
  ]
  if (because.length === 0)
    because.push('nothing keeps it apart as things stand: it joins when one of them is placed again')
  return [
    `${nameOf(record)} of work ${workId}  ${record.type} ${record.year ?? 'of no year'}  ${quoted(record.title)}`,
    ...(link && here ? [`   would be joined to ${name(here)} by ${ruleOf(link)}`] : []),
    ...because.map((line) => `   ${line}`),
  ]
}

function rulingLine({ kind, role, actor, reason, decidedAt, inForce, rulingId }: Ruling): string {
  const what = role === null ? kind : `${kind} as ${role}`
  return `${what} by ${actor} on ${decidedAt}${inForce ? '' : ', not in force'}: ${quoted(reason)}  ${rulingId}`
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return []
  const more = lines.length > LINES ? [`  … and ${lines.length - LINES} more (--json)`] : []
  return ['', title, ...lines.slice(0, LINES).map((line) => `  ${line}`), ...more]
}

function sureness(confidence: number | null | undefined, agreeing: number | null | undefined): string {
  if (confidence === null || confidence === undefined) return ''
  return `  confidence ${confidence.toFixed(2)}${agreeing ? `, ${agreeing} ${agreeing === 1 ? 'source says' : 'sources say'} so` : ''}`
}

function ruleOf({ reason, status, evidence }: Edge): string {
  return `${reason} (${status})  ${evidence.join(' · ')}`
}

function nameOf({ source, sourceId }: Pick<Node, 'source' | 'sourceId'>): string {
  return `${source}:${sourceId}`
}

function quoted(text: string | null): string {
  if (text === null) return 'no title'
  return `"${text.length > TITLE ? `${text.slice(0, TITLE - 1)}…` : text}"`
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}
