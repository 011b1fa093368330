import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { aDeployment } from './support/a-deployment.ts'
import { keepsClaim, stepsOf } from './support/page-steps.ts'
import { aShell, type Shell } from './support/pasted.ts'

const test = aDeployment('pages')
const PAGES = ['for-sources', 'for-librarians', 'for-operators']
const pages = await Promise.all(
  PAGES.map(async (name) => ({ name, text: await readFile(new URL(`../docs/${name}.md`, import.meta.url), 'utf8') })),
)

// Whoever pastes a block has pasted those above it: each page is one story. They share a deployment; the operator's is
// the last, since he looks at what the others brought.
describe.each(pages.map(({ name, text }) => [`docs/${name}.md`, name, stepsOf(text)] as const))(
  '%s',
  (_, name, steps) => {
    let shell: Shell | undefined
    it.each(steps.map((step) => [step.line, step] as const))(
      'does and answers what line %i says',
      async (_line, step) => {
        shell ??= await aShell(test.current, name)
        const pasted = await shell.paste(step.command)
        expect(pasted.stderr).not.toMatch(/^ {4}at /m)
        for (const claim of step.claims)
          if (!keepsClaim(claim, pasted))
            expect.fail(`line ${claim.line} says:\n${claim.text}\nand this came:\n${pasted.stdout}\n${pasted.stderr}`)
      },
    )
  },
)
