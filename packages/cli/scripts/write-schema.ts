/** Writes the JSON Schema that is published beside the command; a test holds the file to the code. */
import { writeFileSync } from 'node:fs'
import { jsonSchema } from '../src/config/schema.ts'

writeFileSync(new URL('../f2f.config.schema.json', import.meta.url), `${JSON.stringify(jsonSchema(), undefined, 2)}\n`)
