import { expect, it } from 'vitest'
import { markOf, saysWithdrawn } from './withdrawn.ts'

it.each([
  ['This paper has been withdrawn by the author due to a crucial error in equation 1', true],
  ['This submission has been withdrawn by arXiv administrators', true],
  ['The present article is hereby withdrawn', true],
  ['Paper withdrawn', true],
  ['withdrawn', true],
  ['(Withdrawn.) 12 pages', true],
  ['This paper has been withdrawn from arXiv', true],
  ['12 pages, 3 figures. This paper has been withdrawn; see math/0001001', true],
  ['12 pages, 3 figures', false],
  ['This paper was withdrawn from a conference and is under review', false],
  ['Withdrawn from the proceedings, submitted elsewhere', false],
  ['Theorem 3 of the earlier version has been withdrawn', false],
  ['This paper supersedes an earlier paper, which has been withdrawn', false],
  ['We study how troops were withdrawn', false],
])('%s', (comment, expected) => expect(saysWithdrawn(comment)).toBe(expected))

it.each([
  ['WITHDRAWN: On mosses', 'withdrawn'],
  ['Withdrawn - On mosses', 'withdrawn'],
  ['REMOVED: On mosses', 'withdrawn'],
  ['Retracted: On mosses', 'retracted'],
  ['RETRACTED ARTICLE: On mosses', 'retracted'],
  ['Removal of mosses: a study', undefined],
  ['Retracted landscapes: mosses', undefined],
  ['Withdrawn behaviour in mosses', undefined],
  ['On mosses', undefined],
])('%s is %s', (title, expected) => expect(markOf(title)).toBe(expected))
