import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

export interface BrokerCertificate {
  readonly keystore: string
  readonly keystorePassword: string
  /** Of the authority that signed it, as PEM. */
  readonly ca: string
}

const PASSWORD = 'changeit'
const STORE = ['-storetype', 'PKCS12', '-storepass', PASSWORD]
const KEY = ['-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '30']

/** An authority of our own and a broker's certificate for 127.0.0.1 by it, made with the keytool beside this `java`. */
export async function makeBrokerCertificate(java: string, folder: string): Promise<BrokerCertificate> {
  const keytool = join(dirname(java), 'keytool')
  const run = (...args: string[]) => promisify(execFile)(keytool, ['-noprompt', ...args], { cwd: folder })
  const authority = ['-keystore', 'authority.p12', '-alias', 'authority', ...STORE]
  const broker = ['-keystore', 'broker.p12', ...STORE]
  await run('-genkeypair', ...authority, ...KEY, '-dname', 'CN=Test authority', '-ext', 'bc:critical=ca:true')
  await run('-exportcert', ...authority, '-rfc', '-file', 'authority.pem')
  await run('-genkeypair', ...broker, '-alias', 'broker', ...KEY, '-dname', 'CN=Test broker')
  await run('-certreq', ...broker, '-alias', 'broker', '-file', 'broker.csr')
  await run('-gencert', ...authority, '-infile', 'broker.csr', '-outfile', 'broker.crt', '-ext', 'san=ip:127.0.0.1')
  await run('-importcert', ...broker, '-alias', 'authority', '-file', 'authority.pem')
  await run('-importcert', ...broker, '-alias', 'broker', '-file', 'broker.crt')
  return {
    keystore: join(folder, 'broker.p12'),
    keystorePassword: PASSWORD,
    ca: await readFile(join(folder, 'authority.pem'), 'utf8'),
  }
}
