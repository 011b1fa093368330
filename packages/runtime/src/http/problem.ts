import { STATUS_CODES } from 'node:http'

/** One thing that is wrong with the input: where, and what to do about it. */
export interface ProblemDetail {
  readonly code: string
  readonly detail: string
  readonly pointer?: string
  readonly line?: number
  readonly column?: number
}

export interface ProblemOptions {
  readonly errors?: readonly ProblemDetail[]
  readonly headers?: Readonly<Record<string, string>>
  /** Further members of the answer (RFC 9457 §3.2), such as `committedLines` or `current`. */
  readonly extensions?: Readonly<Record<string, unknown>>
}

/** An answer of RFC 9457 with a stable `code`; thrown by routes, written by one middleware. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly code: string
  readonly options: ProblemOptions
  constructor(status: number, code: string, detail: string, options: ProblemOptions = {}) {
    super(detail)
    this.status = status
    this.code = code
    this.options = options
  }
}

/** The body of the answer. `type` resolves to the page of error codes. */
export function problemBody(problem: Problem, requestId: string): Record<string, unknown> {
  return {
    type: `/docs/errors#${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    requestId,
    ...(problem.options.errors ? { errors: problem.options.errors } : {}),
    ...problem.options.extensions,
  }
}

/** A value of the input as an error may show it: at most 80 characters, control characters escaped. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  const cut = text.length > 80 ? `${text.slice(0, 79)}…` : text
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return `"${cut.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`
}
