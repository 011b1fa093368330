import type { Receipt } from './store/acts.ts'
import type { ChainReport } from './verify-chain.ts'

/** What a reader is told of a verified chain. */
export function reportLines({ acts, checkpoints, coveredTo, headHash, fault }: ChainReport): readonly string[] {
  const seen = `${acts} acts read, ${checkpoints} checkpoints, covered up to act ${coveredTo}, head ${headHash.slice(0, 16)}…`
  if (fault === undefined) return [`The chain holds: ${seen}`]
  return [
    `The chain was tampered with at act ${fault.chainSeq}${fault.actId ? ` (${fault.actId})` : ''}: ${fault.code}`,
    fault.detail,
    seen,
  ]
}

/** Receipts as persons export them: one JSON object a line. */
export function parseReceipts(text: string): readonly Receipt[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const { actId, chainSeq, hash } = JSON.parse(line) as Partial<Receipt>
      if (typeof actId !== 'string' || typeof chainSeq !== 'number' || typeof hash !== 'string')
        throw new Error(`line ${index + 1} is not a receipt`)
      return { actId, chainSeq, hash }
    })
}
