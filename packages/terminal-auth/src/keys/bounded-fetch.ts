/** How a key set is fetched. */
export type FetchKeys = (url: string, init: RequestInit) => Promise<Response>

/** Bytes: room for hundreds of keys. */
const LONGEST = 65_536

const readBounded = async (body: ReadableStream<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.byteLength
    if (length > LONGEST) throw new Error(`The key set is longer than ${LONGEST} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** The same, but what answers without end cannot fill the memory. */
export const boundedFetch =
  (fetchKeys: FetchKeys): FetchKeys =>
  async (url, init) => {
    const response = await fetchKeys(url, init)
    const { status, body } = response
    if (status === 200 && body !== null) return new Response(await readBounded(body))
    await body?.cancel()
    return response
  }
