/**
 * Where the records of a source are in a bigger document; a table of these stands in each adapter.
 *
 * JSON: the keys that lead to a record, `*` for each element of an array: `['message', 'items', '*']`. A document in
 * which no shape is found is itself one record, and so is each element of an array at the top.
 * XML: the element that is a record, by namespace and local name, wherever it stands.
 */
export type Shape = JsonShape | XmlShape

export interface JsonShape {
  readonly format: 'json'
  readonly path: readonly string[]
}

export interface XmlShape {
  readonly format: 'xml'
  /** Namespace name, '' for none. */
  readonly uri: string
  readonly local: string
  /** Local name of the parent, where the element's own name does not say enough. */
  readonly parent?: string
  /** An attribute, as written, and what its value ends in: of the descriptions of a document, the one that counts. */
  readonly attribute?: readonly [name: string, ending: string]
}
