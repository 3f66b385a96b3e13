export { encodeForm } from './form-encode.ts'
export { type FormOptions, parseForm } from './form-parse.ts'
