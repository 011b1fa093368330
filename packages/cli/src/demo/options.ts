import { Command } from 'commander'

export interface DemoOptions {
  readonly once: boolean
  readonly records: string | undefined
  readonly researchers: number
  readonly publications: number
  readonly seed: string
  readonly deciders: number
}

export function parseDemoOptions(argv: readonly string[]): DemoOptions {
  const whole = (text: string) => {
    const number = Number(text)
    if (!Number.isSafeInteger(number) || number < 1) throw new Error(`"${text}" is not a whole number above 0`)
    return number
  }
  const command = new Command('demo')
    .description('The whole pipeline on this machine: a made-up world goes in, proven decisions come out')
    .option('--once', 'end by itself when the story is told', false)
    .option('--records <dir>', 'real record files instead of the made-up world; the top folder names the source')
    .option('--researchers <n>', 'made-up researchers with a profile', whole, 60)
    .option('--publications <n>', 'made-up publications', whole, 400)
    .option('--deciders <n>', 'how many researchers answer their questions', whole, 12)
    .option('--seed <text>', 'another seed, another world', 'atlas')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run demo\n  npm run demo -- --once --publications 2000\n  npm run demo -- --records ../records',
    )
  return command.parse([...argv], { from: 'user' }).opts<DemoOptions>()
}
