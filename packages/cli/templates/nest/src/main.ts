import 'reflect-metadata'
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module.ts'
import { port } from './settings.ts'

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] })
app.enableShutdownHooks()
await app.listen(port)
console.log(`${(await app.getUrl()).replace('[::1]', '127.0.0.1')}/pay`)
