/** Bytes of this process's heap that are in use, after a full collection where it runs with `--expose-gc`. */
export const heapUsed = (): number => {
  global.gc?.()
  return process.memoryUsage().heapUsed
}
