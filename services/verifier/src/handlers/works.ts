import type { Handler } from '@atlas/runtime'
import type { Work } from '@atlas/schemas'
import { saveWorks } from '../store/save-works.ts'
import { newestOf, outcomesOf } from './newest.ts'

const idOf = (work: Work) => work.workId

/** Keeps where mentions are now; how the questions about them stand is looked at once that is committed. */
export const handleWorks: Handler<Work> = async (tx, messages) => {
  const works = newestOf(messages, idOf)
  const written = await saveWorks(tx, works)
  return outcomesOf(messages, works, written, idOf)
}
