// Prefixes of repositories and preprint servers. Of 10.1101, which the publisher's journals share, only bioRxiv's numbers.
const DEPOSITS =
  /^10\.(?:48550|5281|6084|21203|20944|26434|31234|31219|31235|2139|36227|22541|7287|14293|5061|60692|13140|32388|33774|55776|48448)\/|^10\.1101\/(?:\d{6}$|\d{4}\.\d\d\.\d\d\.)/

/** Whether a DOI, in its normal form, is one of a repository: what it names may have another DOI where it was published. */
export function isDepositDoi(doi: string): boolean {
  return DEPOSITS.test(doi)
}
