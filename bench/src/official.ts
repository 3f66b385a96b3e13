import { AlipaySdk } from 'alipay-sdk'
import { APP_ID, alipayPair, merchant } from './keys.ts'

/** The PEM's content alone, as the Alipay console shows it. */
const bare = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '')

/** The official SDK, configured as its README says. */
export const officialSdk = (gateway?: string): AlipaySdk =>
  new AlipaySdk({
    appId: APP_ID,
    privateKey: bare(merchant.privateKey),
    keyType: 'PKCS8',
    alipayPublicKey: bare(alipayPair.publicKey),
    ...(gateway === undefined ? {} : { gateway }),
  })
