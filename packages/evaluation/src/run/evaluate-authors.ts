import { BASELINES } from '../baselines/named.ts'
import type { AuthorEngine } from '../engine/port.ts'
import { type AuthorMatch, matchAuthors } from '../match/authors.ts'
import { readAuthorMatches } from '../match/read-matches.ts'
import { readAuthorSet } from '../neutral/read-set.ts'
import type { AuthorData, AuthorSet } from '../neutral/types.ts'
import { type AuthorScore, scoreAuthors } from '../score/authors.ts'
import { type BlockTally, RESAMPLES } from '../score/bootstrap.ts'
import { tallyOfItem } from '../score/tally.ts'
import { answererOf } from '../truth/answers.ts'
import { type ItemTruth, readItemTruths } from '../truth/read-truths.ts'
import { scoredItems } from './scored-items.ts'
import { type WrongAnswer, wrongAnswers } from './wrong-answers.ts'

/** How far a run is; `step` names what is running. */
export type Progress = (step: string, done: number, total: number) => void

/** An engine over one stream in one mode. */
export interface AuthorResult extends AuthorScore {
  readonly set: string
  readonly model: string
  /** Of matches from a file the lowest probability that was accepted; null where none was. */
  readonly threshold: number | null
  /** Whether researchers answered on the way. */
  readonly answers: boolean
  readonly errors: readonly WrongAnswer[]
  /** Counts of each item with its block, to hold one engine against another. */
  readonly tallies: readonly BlockTally[]
}

/** A set read once, with what is true of it, to score any number of engines over. */
export interface AuthorBench {
  readonly set: AuthorSet
  run(make: (set: AuthorSet) => AuthorEngine, answers: boolean, onProgress: Progress): AuthorResult
  /** Baselines without answers. */
  baselines(onProgress: Progress): readonly AuthorResult[]
  /** Matches that somebody else made. */
  ofFile(file: string, model: string, answers: boolean): Promise<AuthorResult>
}

export async function openAuthorBench(folder: string): Promise<AuthorBench> {
  const data = await readAuthorSet(folder)
  const truths = await readItemTruths(folder)
  const run: AuthorBench['run'] = (make, answers, onProgress) => {
    const engine = make(data.set)
    const matches = collected(data, engine, answers ? truths : undefined, onProgress)
    // After answers the engine knows more than it did at the time, and would explain something else.
    const explain = answers ? undefined : engine.explain
    return resultOf(data, truths, matches, { model: engine.model, threshold: engine.threshold, answers, explain })
  }
  return {
    set: data.set,
    run,
    baselines: (onProgress) => BASELINES.map(({ authors }) => run(authors, false, onProgress)),
    async ofFile(file, model, answers) {
      const matches = await readAuthorMatches(file)
      const accepted = matches.flatMap(({ accepted: profile, proposals: [top] }) =>
        profile !== null && top ? top.p : [],
      )
      const threshold = accepted.length === 0 ? null : accepted.reduce((a, b) => Math.min(a, b))
      return resultOf(data, truths, matches, { model, threshold, answers, explain: undefined })
    },
  }
}

function collected(
  { items }: AuthorData,
  engine: AuthorEngine,
  truths: readonly ItemTruth[] | undefined,
  onProgress: Progress,
): readonly AuthorMatch[] {
  const matches: AuthorMatch[] = []
  const step = truths ? `${engine.model} with answers` : engine.model
  for (const match of matchAuthors(items, engine, truths && answererOf(truths))) {
    matches.push(match)
    onProgress(step, matches.length, items.length)
  }
  return matches
}

function resultOf(
  { set, items }: AuthorData,
  truths: readonly ItemTruth[],
  matches: readonly AuthorMatch[],
  of: Pick<AuthorResult, 'model' | 'threshold' | 'answers'> & { readonly explain: AuthorEngine['explain'] | undefined },
): AuthorResult {
  const scored = scoredItems(set, matches, truths)
  return {
    set: set.name,
    model: of.model,
    threshold: of.threshold,
    answers: of.answers,
    ...scoreAuthors(scored, RESAMPLES),
    errors: wrongAnswers(set, items, scored, of.explain),
    tallies: scored.map((item) => [item.block, tallyOfItem(item)]),
  }
}
