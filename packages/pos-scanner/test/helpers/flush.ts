/** Lets promises that are settled already run on. */
export const flush = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
