import { preprintServer } from './preprint-server.ts'

/** Preprints of the health sciences, in the forms of bioRxiv. */
export const medrxiv = preprintServer('medrxiv', 'medRxiv')
