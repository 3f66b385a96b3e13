// Loads every entry named on the command line as CommonJS.
for (const entry of process.argv.slice(2)) {
  const loaded = require(entry)
  if (Object.keys(loaded).length === 0) throw new Error(`${entry} exports nothing`)
}
