// Loads every entry named on the command line as an ES module.
for (const entry of process.argv.slice(2)) {
  const loaded = await import(entry)
  if (Object.keys(loaded).length === 0) throw new Error(`${entry} exports nothing`)
}
