/** A place in a native record, with the places of lists left open: `authorships[].author.id`. */
export interface Mutation {
  readonly path: string
  readonly mutated: unknown
}

type Tree = { readonly [key: string]: unknown } | readonly unknown[]

/**
 * The same tree with one leaf changed, for each leaf in several ways: text that is longer, text with another figure, another
 * number, the opposite, nothing. `name` says what a step is called; `undefined` leaves it out of the path.
 */
export function* mutationsOf(
  value: unknown,
  name: (parent: unknown, key: string) => string | undefined,
  path = '',
): Generator<Mutation> {
  if (typeof value !== 'object' || value === null) {
    for (const mutated of othersThan(value)) yield { path, mutated }
    return
  }
  for (const [key, inner] of Object.entries(value)) {
    const step = name(value, key)
    if (step === '') continue
    for (const mutation of mutationsOf(inner, name, step === undefined ? path : `${path}${step}`))
      yield { path: mutation.path, mutated: withOther(value as Tree, key, mutation.mutated) }
  }
}

function withOther(tree: Tree, key: string, inner: unknown): unknown {
  if (Array.isArray(tree)) return tree.with(Number(key), inner)
  return { ...tree, [key]: inner }
}

function othersThan(value: unknown): readonly unknown[] {
  switch (typeof value) {
    case 'string':
      return [`${value} x`, `${value}x`, value.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)), '']
    case 'number':
      return [value + 1, value === 0 ? 2 : 0]
    case 'boolean':
      return [!value]
    default:
      return []
  }
}

/** Names of steps in JSON: `.key`, `[]`. */
export function jsonStep(parent: unknown, key: string): string {
  return Array.isArray(parent) ? '[]' : `.${key}`
}

/** Names of steps in an element: `/local`, `/@attribute`; its text has none. */
export function xmlStep(parent: unknown, key: string): string | undefined {
  if (Array.isArray(parent)) {
    const child = parent[Number(key)] as { readonly local?: string } | string
    if (typeof child !== 'string') return `/${child.local}`
    return child.trim() === '' ? '' : undefined
  }
  const isElement = typeof parent === 'object' && parent !== null && 'local' in parent && 'children' in parent
  if (!isElement) return `/@${key}`
  return key === 'children' || key === 'attributes' ? undefined : ''
}
