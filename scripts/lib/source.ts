import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

export interface Import {
  readonly specifier: string
  /** Erased from the output: it loads nothing. */
  readonly typeOnly: boolean
  readonly line: number
}

export interface Source {
  /** Relative to the root, with `/`. */
  readonly path: string
  readonly imports: readonly Import[]
  /** Uses of time, randomness and the console that a port should stand for. */
  readonly impurities: readonly { readonly what: string; readonly line: number }[]
}

const IMPURE_MEMBERS = new Set(['Date.now', 'Math.random', 'performance.now'])

const impurity = (node: ts.Node): string | undefined => {
  if (ts.isPropertyAccessExpression(node) && IMPURE_MEMBERS.has(node.getText())) return node.getText()
  if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'console') return node.getText()
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()'
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()'
  return undefined
}

const literalText = (node: ts.Node | undefined): string | undefined =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined

const isLoadingCall = (node: ts.CallExpression): boolean =>
  node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require'

const importOf = (node: ts.Node): { specifier: string | undefined; typeOnly: boolean } | undefined => {
  if (ts.isImportDeclaration(node)) {
    return {
      specifier: literalText(node.moduleSpecifier),
      typeOnly: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
    }
  }
  if (ts.isExportDeclaration(node)) return { specifier: literalText(node.moduleSpecifier), typeOnly: node.isTypeOnly }
  if (ts.isCallExpression(node) && isLoadingCall(node)) {
    return { specifier: literalText(node.arguments[0]), typeOnly: false }
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { specifier: literalText(node.argument.literal), typeOnly: true }
  }
  return undefined
}

/** What a TypeScript file imports and which impure globals it uses, from its syntax tree. */
export const readSource = (path: string, text: string): Source => {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const imports: Import[] = []
  const impurities: { what: string; line: number }[] = []
  const visit = (node: ts.Node): void => {
    const line = (): number => tree.getLineAndCharacterOfPosition(node.getStart()).line + 1
    const { specifier, typeOnly = false } = importOf(node) ?? {}
    if (specifier !== undefined) imports.push({ specifier, typeOnly, line: line() })
    const what = impurity(node)
    if (what !== undefined) impurities.push({ what, line: line() })
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return { path, imports, impurities }
}

export const readSourceFile = (root: string, path: string): Source =>
  readSource(path, readFileSync(join(root, path), 'utf8'))
