/** `pnpm till <address> <enrolment code> [payment code]`: a till that takes one payment. */
import { Till } from './till-client.ts'

const [address = '', code = '', authCode = '280000000000000003'] = process.argv.slice(2).filter((arg) => arg !== '--')
if (address === '' || code === '') throw new Error('Usage: till <address> <enrolment code> [payment code]')

const till = await Till.enrol(address, code)
const begun = await till.post('/payments', { authCode, totalAmount: '8.88', subject: '咖啡 coffee' })
process.stdout.write(`${begun.body.outTradeNo} ${begun.body.status}\n`)
const ended = await till.get(`/payments/${begun.body.outTradeNo}?wait=60`)
process.stdout.write(`${ended.body.outTradeNo} ${ended.body.status}\n`)
