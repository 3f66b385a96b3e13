import ts from 'typescript'

/** A name that a block declares and somebody else must give. */
export interface Declared {
  readonly name: string
  /** Written as a function type: one that does nothing will do. */
  readonly isFunction: boolean
}

/** The `declare const` of a block. */
export const declaredNames = (code: string): readonly Declared[] =>
  ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest).statements.flatMap((statement) =>
    ts.isVariableStatement(statement) &&
    statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true
      ? statement.declarationList.declarations.map(({ name, type }) => ({
          name: (name as ts.Identifier).text,
          isFunction: type !== undefined && ts.isFunctionTypeNode(type),
        }))
      : [],
  )
