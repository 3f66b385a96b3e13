import { onStopSignal, openBackEnd } from '@f2f/demo-back-end'
import { start } from './start.ts'

const { backEnd, port, announce, close } = await openBackEnd(process.env)
const app = await start(backEnd, port)
onStopSignal(async () => {
  await app.close()
  await close()
})
await announce(`${app.url}/pay`)
