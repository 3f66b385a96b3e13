import ts from 'typescript'

/** A source file of this workspace, parsed. */
export const parseSource = (path: string): ts.SourceFile => {
  const text = ts.sys.readFile(path)
  if (text === undefined) throw new Error(`${path} cannot be read`)
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
}

/** What the TSDoc comment of a declaration says, without its tags, on one line; undefined when there is none. */
export const documentation = (node: ts.Node): string | undefined => {
  const [doc] = ts.getJSDocCommentsAndTags(node)
  if (doc === undefined || !ts.isJSDoc(doc)) return undefined
  return ts
    .getTextOfJSDocComment(doc.comment)
    ?.replaceAll(/\{@link (\w+)\}/g, '`$1`')
    .replaceAll(/\s*\n\s*/g, ' ')
}
