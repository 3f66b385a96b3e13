import { Agent, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'

export interface HttpReply {
  readonly status: number
  /** Names in lower case. */
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

export interface HttpAsk {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Several pieces are sent one by one, without a length. */
  readonly body?: string | Uint8Array | readonly (string | Uint8Array)[]
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const readText = async (incoming: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** Connections to the server under test: addresses go out letter by letter as they are given. */
export class HttpClient {
  readonly #agent = new Agent({ keepAlive: true })
  readonly #host: string
  readonly #port: number

  /** @param url - of the server; its path does not matter */
  constructor(url: string) {
    const { hostname, port } = new URL(url)
    this.#host = hostname
    this.#port = Number(port)
  }

  /** Sends a request; resolves when the answer's head has arrived. */
  open(path: string, { method = 'GET', headers = {}, body = '' }: HttpAsk = {}): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const pieces = typeof body === 'string' || body instanceof Uint8Array ? undefined : body
      const length = pieces === undefined ? { 'content-length': String(Buffer.byteLength(body as string)) } : {}
      const outgoing = request({
        agent: this.#agent,
        host: this.#host,
        port: this.#port,
        method,
        path,
        headers: { ...(body === '' ? {} : length), ...headers },
      })
      outgoing.on('response', resolve).on('error', reject)
      const send = async (): Promise<void> => {
        for (const piece of pieces ?? []) {
          outgoing.write(piece)
          await turn()
        }
        if (pieces === undefined && body !== '') outgoing.end(body)
        else outgoing.end()
      }
      void send()
    })
  }

  async exchange(path: string, ask?: HttpAsk): Promise<HttpReply> {
    const incoming = await this.open(path, ask)
    return { status: incoming.statusCode ?? 0, headers: incoming.headers, text: await readText(incoming) }
  }

  /** Sends bytes as they are; resolves with all that came back once `isEnough`, or when the server has closed. */
  raw(bytes: string, isEnough: (text: string) => boolean): Promise<string> {
    return new Promise((resolve, reject) => {
      let text = ''
      const socket = connect(this.#port, this.#host, () => socket.write(bytes))
      socket.on('data', (chunk) => {
        text += chunk.toString('latin1')
        if (isEnough(text)) socket.destroy()
      })
      socket.on('close', () => resolve(text)).on('error', reject)
    })
  }

  /** Sends bytes and hangs up at once. */
  abandon(bytes: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.#port, this.#host, () => socket.write(bytes, () => socket.destroy()))
      socket.on('close', () => resolve()).on('error', reject)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

export interface HttpEvent {
  readonly id: string
  readonly data: Readonly<Record<string, unknown>>
}

const eventOf = (block: string): HttpEvent | undefined => {
  const field = (name: string): string | undefined =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2)
  const data = field('data')
  return data === undefined ? undefined : { id: field('id') ?? '', data: JSON.parse(data) as HttpEvent['data'] }
}

/** The events of a stream as they come; ends when the server ends it. */
export async function* eventsOf(incoming: IncomingMessage): AsyncGenerator<HttpEvent, void, undefined> {
  let text = ''
  for await (const chunk of incoming.setEncoding('utf8')) {
    const blocks = `${text}${chunk}`.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = eventOf(block)
      if (event !== undefined) yield event
    }
  }
}
