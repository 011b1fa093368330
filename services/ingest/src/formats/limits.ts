/** One record: a line, an element of an array or of an XML file. */
export const MAX_RECORD_BYTES = 4 << 20
export const MAX_DEPTH = 64
export const MAX_XML_ATTRIBUTES = 1000
