import process from 'node:process'
import { bytesOf, peopleOf, scoreBlocks } from '@atlas/linkage/kernel'
import { createPopulation } from '../people/people.ts'
import { knownSketch, laterSketch } from '../people/sketches.ts'

// A process of its own, so that nothing else is in its memory: builds the index, scores slots, says what it took.
const [profiles = 0, slots = 0] = process.argv.slice(2).map(Number)
const population = createPopulation('kernel')
const people = peopleOf(
  (function* () {
    for (let at = 0; at < profiles; at++) yield knownSketch(population, at)
  })(),
)
const later = peopleOf(
  Array.from({ length: slots }, (_, at) => laterSketch(population, at * Math.floor(profiles / slots))),
)
let kept = 0
const pairs = scoreBlocks(later, people, [0, later.blocks.length], () => kept++)
const highest = process.resourceUsage().maxRSS * 1024
process.stdout.write(JSON.stringify({ bytes: bytesOf(people), rss: process.memoryUsage.rss(), highest, pairs, kept }))
