/** Every code a client may meet: what happened, and what to do about it. Codes are stable; their details are not. */
export const ERRORS: Readonly<Record<string, { readonly status: readonly number[]; readonly meaning: string }>> = {}
