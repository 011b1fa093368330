import { preprintServer } from './preprint-server.ts'

/** Preprints of the life sciences. */
export const biorxiv = preprintServer('biorxiv', 'bioRxiv')
