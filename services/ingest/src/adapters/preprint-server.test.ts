import { expect, it } from 'vitest'
import { parseXml } from '../formats/parse-xml.ts'
import { biorxiv } from './biorxiv.ts'

const NAMES = 'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'

/** `details v2 05-07`: the version in that form on that day. */
function stampOf(arrival: string): number {
  const [form, version = '', day = ''] = arrival.split(' ')
  const date = `2020-${day}`
  const result =
    form === 'details'
      ? biorxiv.readJson?.({ doi: '10.1101/1', title: 'Moss', date, version: version.slice(1), server: 'biorxiv' })
      : ofFeed(`<item ${NAMES}><link>http://biorxiv.org/cgi/content/short/1${version}?rss=1</link>
          <dc:identifier>doi:10.1101/1</dc:identifier><dc:date>${date}</dc:date><dc:title>Moss</dc:title></item>`)
  return (result?.ok === true && result.record.sourceUpdatedAt) || 0
}

function ofFeed(item: string) {
  const parsed = parseXml(Buffer.from(item), '')
  return parsed.ok ? biorxiv.readXml?.(parsed.element) : undefined
}

it.each([
  ['feed v1 05-07', 'details v1 05-07'],
  ['details v1 05-07', 'feed v2 05-07'],
  ['feed v2 05-07', 'details v2 05-07'],
  ['details v2 05-07', 'feed v3 05-09'],
])('%s gives way to %s', (lesser, greater) => expect(stampOf(lesser)).toBeLessThan(stampOf(greater)))
