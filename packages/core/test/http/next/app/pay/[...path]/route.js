/** As in the README; the test puts each of its handlers here. */
const handler = (request) => globalThis.f2fHandler(request)

export {
  handler as DELETE,
  handler as GET,
  handler as HEAD,
  handler as OPTIONS,
  handler as PATCH,
  handler as POST,
  handler as PUT,
}
