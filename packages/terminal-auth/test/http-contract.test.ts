import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Authenticate, createHandler, type Principal, toNodeListener } from '@f2f/core/http'
import { type HttpUnderTest, httpContract, httpShop } from '@f2f/core/testing'
import { test } from 'vitest'
import { enrolment, memoryEnrolmentStore, memoryRevocationList, terminalAuth } from '../src/index.ts'
import { tillsUnderTest } from '../src/testing/index.ts'
import { AUDIENCE, ISSUER, issuerWith } from './support/back-end.ts'

const issuer = issuerWith()
const revocation = memoryRevocationList()
const tills = terminalAuth({ jwks: issuer.jwks(), issuer: ISSUER, audience: AUDIENCE, revocation })

/** Who is no till, such as the head office, is known by other means, beside the tills. */
const isTill = ({ terminalId, storeId, scopes }: Principal): boolean =>
  terminalId !== undefined && storeId !== undefined && [...scopes].length > 0

const headersFor = async (principal: Principal, other: HttpUnderTest) => {
  if (!isTill(principal)) return other.headersFor(principal)
  const { terminalId = '', storeId = '', scopes, refundLimit = '100000000.00' } = principal
  const { token } = await issuer.issue({ ...principal, terminalId, storeId, scopes: [...scopes], refundLimit })
  return { authorization: `Bearer ${token}` }
}

const mounted = async (): Promise<HttpUnderTest> => {
  const shop = httpShop()
  const authenticate: Authenticate = (request, route) => {
    const isJwt = request.headers.get('authorization')?.includes('.') === true
    return isJwt ? tills(request, route) : shop.authenticate(request, route)
  }
  const terminals = enrolment({ issuer, revocation, store: memoryEnrolmentStore() })
  const server = createServer(toNodeListener(createHandler({ ...shop, authenticate, terminals, basePath: '/pay' })))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  const under = shop.mountedAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/pay`, close)
  const enrolling = tillsUnderTest(terminals, { issuer: ISSUER })
  return { ...under, terminals: enrolling, headersFor: (principal) => headersFor(principal, under) }
}

for (const { id, name, run } of httpContract(mounted, { terminals: true })) test(`${id} ${name}`, run)
