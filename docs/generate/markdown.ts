const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** A Markdown table. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

export const code = (text: string): string => `\`${text}\``

/** A generated Markdown file. */
export const generated = (...parts: readonly string[]): string =>
  `<!-- Made by \`pnpm --filter @f2f/docs generate\`; do not edit. -->\n\n${parts.join('\n\n')}\n`
