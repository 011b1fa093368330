import { Command } from 'commander'
import { type Context, OWNERS } from '../context.ts'

const SHOWN = [
  ...OWNERS.map((owner) => `${owner.toUpperCase()}_URL`),
  'KAFKA_BROKERS',
  'KAFKA_TOPIC_PREFIX',
  'SCHEMA_REGISTRY_URL',
  'REDIS_URL',
]

/** Where the deployment is, as lines a shell can take in; no secret is among them. */
export function configCommand(context: Context): Command {
  return new Command('config')
    .description('where the running deployment is, as assignments for a shell; shows no secrets')
    .addHelpText('after', '\nExample:\n  eval "$(atlas config)" && curl -sS "$API_URL/openapi.json"')
    .action(() => {
      for (const name of SHOWN) context.print(`${name}='${context.setting(name).replaceAll("'", "'\\''")}'`)
    })
}
