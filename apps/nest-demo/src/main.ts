import 'reflect-metadata'
import { openBackEnd } from '@f2f/demo-back-end'
import { NestFactory } from '@nestjs/core'
import { appModule } from './app.module.ts'

const opened = await openBackEnd(process.env)
const app = await NestFactory.create(appModule(opened), { forceCloseConnections: true })
app.enableShutdownHooks()
await app.listen(opened.port, '127.0.0.1')
await opened.announce(`${await app.getUrl()}/pay`)
