declare const brand: unique symbol

/** A string that only the parser of that name makes. */
export type Branded<Name extends string> = string & { readonly [brand]: Name }
