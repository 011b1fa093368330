import { randomUUID } from 'node:crypto'
import { parseUuid, recordIdOf } from '@atlas/identifiers'
import { Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'

const ROLES = ['duplicate', 'version', 'erratum', 'retraction', 'part'] as const

interface Ruling {
  readonly rulingId: string
  readonly kind: string
  readonly records: readonly string[]
  readonly otherRecords: readonly string[]
  readonly role: string | null
  readonly withdraws: string | null
  readonly withdrawnBy: string | null
  readonly inForce: boolean
  readonly actor: string
  readonly reason: string
  readonly decidedAt: string
}

interface Shown {
  readonly workId: string
  readonly revision: number
  readonly members: readonly string[]
  readonly rulings: readonly Ruling[]
}

interface Ruled {
  readonly ruling: Ruling
  readonly works: readonly Pick<Shown, 'workId' | 'revision' | 'members'>[]
}

interface Options {
  readonly reason: string
  readonly role?: (typeof ROLES)[number]
  readonly json?: boolean
}

/** Two works are one: a person says so, and it outranks every rule. */
export function linkCommand(context: Context): Command {
  return ruling('link', 'rule that two works are one; the second one speaks where a role is given')
    .argument('<work>', 'id of a work')
    .argument('<target>', 'id of the work that it is one with')
    .addOption(new Option('--role <role>', 'what the first is of the second').choices(ROLES))
    .action(async (work: string, target: string, { reason, role, json }: Options) => {
      const [from, into] = [await shownWork(context, work), await shownWork(context, target)]
      const body = { targetWorkId: into.workId, revision: from.revision, targetRevision: into.revision, role, reason }
      tell(context, await rule(context, `/v1/works/${from.workId}/merge`, body), json)
    })
}

/** Records that do not belong with the rest of their work: a person says so, and it outranks every rule. */
export function cutCommand(context: Context): Command {
  return ruling('cut', 'rule that records do not belong with the rest of their work')
    .argument('<work>', 'id of a work')
    .argument('<record...>', 'members to cut off: ids, or source:id')
    .action(async (work: string, records: readonly string[], { reason, json }: Options) => {
      const { workId, revision } = await shownWork(context, work)
      const body = { recordIds: records.map(recordOf), revision, reason }
      tell(context, await rule(context, `/v1/works/${workId}/unmerge`, body), json)
    })
}

/** As if a ruling had never been made; it stays in the ledger. */
export function withdrawCommand(context: Context): Command {
  return ruling('withdraw', 'withdraw a ruling: earlier ones stand again, else the rules')
    .argument('<ruling>', 'id of a ruling')
    .action(async (given: string, { reason, json }: Options) => {
      tell(context, await rule(context, `/v1/works/rulings/${idOf(given)}/withdraw`, { reason }), json)
    })
}

/** What was ruled on a work and on records that were once in it. */
export function rulingsCommand(context: Context): Command {
  return new Command('rulings')
    .description('what persons ruled on a work, newest first')
    .argument('<work>', 'id of a work, also one that was merged away')
    .option('--json', 'one line of JSON a ruling')
    .action(async (work: string, { json }: Options) => {
      const { rulings } = await shownWork(context, work)
      for (const one of rulings) context.print(json ? one : textOf(one))
      context.note(`${rulings.length} rulings`)
    })
}

function ruling(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .requiredOption('--reason <text>', 'why; kept for ever')
    .option('--json', 'the answer as JSON')
}

async function shownWork(context: Context, given: string): Promise<Shown> {
  return (await context.call('matcher', 'GET', `/v1/works/${idOf(given)}/rulings`)) as Shown
}

async function rule(context: Context, path: string, body: object): Promise<Ruled> {
  const headers = { 'idempotency-key': randomUUID() }
  return (await context.call('matcher', 'POST', path, { ...body, via: 'cli' }, headers)) as Ruled
}

function tell(context: Context, ruled: Ruled, json: boolean | undefined): void {
  if (json) {
    context.print(ruled)
    return
  }
  context.print(textOf(ruled.ruling))
  for (const { workId, revision, members } of ruled.works)
    context.print(`work ${workId}  revision ${revision}${members.map((id) => `\n  ${id}`).join('')}`)
}

function textOf({ rulingId, kind, decidedAt, actor, reason, ...rest }: Ruling): string {
  const { records, otherRecords, role, withdraws, withdrawnBy, inForce } = rest
  const about =
    withdraws === null
      ? `${records.join(' ')} ${kind === 'cut' ? '|' : '+'} ${otherRecords.join(' ')}${role === null ? '' : ` (${role})`}`
      : `of ${withdraws}`
  const standing = withdraws !== null ? '' : withdrawnBy !== null ? ', withdrawn' : inForce ? '' : ', outranked'
  return `${rulingId}  ${kind}${standing}  ${decidedAt} by ${actor}: ${reason}\n  ${about}`
}

function recordOf(given: string): string {
  const colon = given.indexOf(':')
  return colon > 0 ? recordIdOf(given.slice(0, colon), given.slice(colon + 1)) : idOf(given)
}

function idOf(given: string): string {
  const uuid = parseUuid(given)
  if (uuid === undefined) throw new CliError(`"${given}" is not a UUID`, 2)
  return uuid
}
