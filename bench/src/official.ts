import { AlipaySdk } from 'alipay-sdk'
import { APP_ID, alipayPair, merchant } from './keys.ts'

/** The PEM's content alone, as the Alipay console shows it. */
const bare = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '')

export interface OfficialOptions {
  readonly gateway?: string
  readonly appId?: string
  /** PKCS#8. */
  readonly privateKey?: string
  readonly alipayPublicKey?: string
}

/** The official SDK, configured as its README says; for this run's merchant unless another is given. */
export const officialSdk = ({
  gateway,
  appId = APP_ID,
  privateKey = merchant.privateKey,
  alipayPublicKey = alipayPair.publicKey,
}: OfficialOptions = {}): AlipaySdk =>
  new AlipaySdk({
    appId,
    privateKey: bare(privateKey),
    keyType: 'PKCS8',
    alipayPublicKey: bare(alipayPublicKey),
    ...(gateway === undefined ? {} : { gateway }),
  })
