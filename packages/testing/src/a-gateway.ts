import { createHash, generateKeyPairSync } from 'node:crypto'
import { type Clock, type CommandSigner, createSigner, systemClock, type VerifierConfig } from '@atlas/runtime'

/** Who signs commands in a test, and what an owner that believes him is configured with. */
export interface TestGateway {
  readonly signer: CommandSigner
  readonly verifier: VerifierConfig
}

export function aGateway(clock: Pick<Clock, 'now'> = systemClock): TestGateway {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const secret = 'secret-of-a-test'
  return {
    signer: createSigner({ service: 'api', secret, privateKey }, () => clock.now()),
    verifier: {
      credentials: [{ service: 'api', sha256: createHash('sha256').update(secret).digest('hex') }],
      publicKeys: [publicKey],
    },
  }
}
