import 'reflect-metadata'
import { createServer, type RequestListener, type Server } from 'node:http'
import { parse } from 'node:querystring'
import { createHandler, toNodeListener } from '@f2f/core/http'
import { f2f as f2fExpress } from '@f2f/express'
import { f2f as f2fKoa } from '@f2f/koa'
import { F2fModule } from '@f2f/nest'
import { Body, Controller, HttpCode, Module, Post, type Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import express from 'express'
import Koa from 'koa'
import { type Bare, readText } from './bare.ts'
import type { BenchShop } from './shop.ts'

/** One framework: the API mounted by its adapter, and the least that could be done without. */
export interface Framework {
  readonly f2f: (shop: BenchShop) => Promise<Server>
  readonly bare: (work: Bare) => Promise<Server>
}

type Form = Record<string, unknown>

const listening = async (listener: RequestListener): Promise<Server> => {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

const node: Framework = {
  f2f: (shop) => listening(toNodeListener(createHandler({ ...shop, basePath: '/pay' }))),
  bare: (work) =>
    listening(async (req, res) => {
      const text = await readText(req)
      if (req.url === '/pay/notify') {
        res.setHeader('content-type', 'text/plain').end(await work.notify(parse(text)))
      } else {
        res.statusCode = 201
        res.setHeader('content-type', 'application/json').end(JSON.stringify(await work.pay(JSON.parse(text) as Form)))
      }
    }),
}

const express5: Framework = {
  f2f: (shop) => listening(express().use('/pay', f2fExpress(shop))),
  bare(work) {
    const app = express()
    app.use(express.urlencoded({ extended: false }), express.json())
    app.post('/pay/notify', async (req, res) => void res.type('text').send(await work.notify(req.body as Form)))
    app.post('/pay/payments', async (req, res) => void res.status(201).json(await work.pay(req.body as Form)))
    return listening(app)
  },
}

const koa3: Framework = {
  f2f: (shop) => listening(new Koa().use(f2fKoa({ ...shop, basePath: '/pay' })).callback()),
  bare: (work) =>
    listening(
      new Koa()
        .use(async (ctx) => {
          const text = await readText(ctx.req)
          ctx.status = ctx.path === '/pay/notify' ? 200 : 201
          ctx.body = ctx.status === 200 ? await work.notify(parse(text)) : await work.pay(JSON.parse(text) as Form)
        })
        .callback(),
    ),
}

/** The controller of the bare Nest application, decorated by calls: Node runs this file as it is. */
const bareController = (work: Bare): Type => {
  class BareController {
    notify(form: Form): Promise<string> {
      return work.notify(form)
    }
    pay(order: Form): Promise<object> {
      return work.pay(order)
    }
  }
  const { prototype } = BareController
  for (const [name, status] of [
    ['notify', 200],
    ['pay', 201],
  ] as const) {
    const method = { value: prototype[name] }
    Body()(prototype, name, 0)
    Post(name === 'pay' ? 'payments' : 'notify')(prototype, name, method)
    HttpCode(status)(prototype, name, method)
  }
  Controller('pay')(BareController)
  return BareController
}

const nest = (platform: 'express' | 'fastify'): Framework => {
  const started = async (metadata: Parameters<typeof Module>[0]): Promise<Server> => {
    class AppModule {}
    Module(metadata)(AppModule)
    const quiet = { logger: false } as const
    const app =
      platform === 'express'
        ? await NestFactory.create(AppModule, quiet)
        : await NestFactory.create(AppModule, new FastifyAdapter(), quiet)
    return app.listen(0, '127.0.0.1')
  }
  return {
    // The module makes a cashier of its own, on the same books.
    f2f: ({ alipay, store, authenticate }) =>
      started({ imports: [F2fModule.forRoot({ alipay, store, authenticate, controller: { path: 'pay' } })] }),
    bare: (work) => started({ controllers: [bareController(work)] }),
  }
}

export const FRAMEWORKS = {
  'bare Node': node,
  'Express 5': express5,
  'Koa 3': koa3,
  'Nest 12 on Express': nest('express'),
  'Nest 12 on Fastify': nest('fastify'),
} as const

export type FrameworkName = keyof typeof FRAMEWORKS
