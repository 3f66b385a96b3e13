/** One short sentence each for the cashier at the till: what happened, and what to do now. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** Words by `sub_code` without prefix. */
export type WordTable = Readonly<Record<string, Words>>
