import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** `report.html` and `report.json` in a folder that is made where it is not there. */
export async function writeReport(folder: string, html: string, json: object): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'report.html'), html)
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(json, null, 2)}\n`)
}
