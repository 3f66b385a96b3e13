/** The connection breaks without an answer: the HTTP server cuts the socket, in-process callers see this error. */
export class ConnectionLost extends Error {
  constructor(message = 'The simulated connection was lost.') {
    super(message)
    this.name = 'ConnectionLost'
  }
}
