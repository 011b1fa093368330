import { createHash, generateKeyPairSync } from 'node:crypto'
import { type Clock, type CommandSigner, createSigner, systemClock, type VerifierConfig } from '@atlas/runtime'

/** Who signs commands in a test, and what an owner that believes him is configured with. */
export interface TestGateway {
  readonly signer: CommandSigner
  /** What the one who signs is configured with. */
  readonly signerConfig: Parameters<typeof createSigner>[0]
  readonly verifier: VerifierConfig
}

export function aGateway(clock: Pick<Clock, 'now'> = systemClock): TestGateway {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const secret = 'secret-of-a-test'
  const signerConfig = { service: 'api', secret, privateKey }
  return {
    signer: createSigner(signerConfig, () => clock.now()),
    signerConfig,
    verifier: {
      credentials: [{ service: 'api', sha256: createHash('sha256').update(secret).digest('hex') }],
      publicKeys: [publicKey],
    },
  }
}
