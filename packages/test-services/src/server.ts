/** A server that tests may use. */
export interface TestServer {
  /** What it is and where it was found. */
  readonly name: string
  /** An administrator's address. */
  readonly url: string
  /** Ends the server when it was started here. */
  readonly stop: () => Promise<void>
}

export const nothingToStop = async (): Promise<void> => undefined
