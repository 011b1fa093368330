import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { recordsOfFile } from '../../formats/records-of-file.ts'
import type { Adapter, JsonObject } from '../adapter.ts'

/** The JSON records of files, as they stand there. */
export async function* jsonRecordsOf(adapter: Adapter, paths: readonly string[]): AsyncGenerator<JsonObject> {
  for (const path of paths) {
    for await (const framed of recordsOfFile(createReadStream(path), { adapter, fileName: path })) {
      if (!framed.ok || framed.element.format !== 'json') continue
      yield JSON.parse(Buffer.from(framed.element.bytes).toString()) as JsonObject
    }
  }
}

/** The fixtures of a source: `crossref.jsonl` and `crossref-more.json` are of `crossref`. */
export async function fixturesOf(source: string, folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.split(/[.-]/)[0] === source)
  return names.filter((name) => !name.includes('.expected.')).map((name) => `${folder}/${name}`)
}
