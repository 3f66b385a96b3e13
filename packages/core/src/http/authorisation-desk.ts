/** Where merchants give this application leave to act for them. `createAuthorisation()` is one. */
export interface AuthorisationDesk {
  /** The address to send a merchant to. */
  startUrl(start: { readonly merchantId: string }): Promise<string>
  /** Takes a merchant that came back, by the query of the address. */
  callback(query: URLSearchParams): Promise<unknown>
}
