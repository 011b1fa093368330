import { escaped } from './svg.ts'

// Told apart also by those who see red and green alike.
const COLOURS = ['#0b5fa5', '#d1495b', '#8a6d00', '#3c7a57', '#7a4fa3', '#555555'] as const

export function colourOf(at: number): string {
  return COLOURS[at % COLOURS.length] ?? COLOURS[0]
}

/** Which colour is whose. */
export function legend(names: readonly string[]): string {
  const entries = names.map((name, at) => `<li><i style="background:${colourOf(at)}"></i>${escaped(name)}</li>`)
  return `<ul class="legend">${entries.join('')}</ul>`
}
