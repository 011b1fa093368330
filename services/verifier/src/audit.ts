export { hasValidSignature, type SignedCheckpoint } from './checkpoint.ts'
export { readCheckpoints } from './checkpoint-files.ts'
export type { Receipt } from './store/acts.ts'
export { type ChainFault, type ChainReport, type VerifyOptions, verifyChain } from './verify-chain.ts'
