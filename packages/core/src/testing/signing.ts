let underWay = 0

/** True while a notification or reply for a test is being signed, which takes real time that nobody holds a clock for. */
export const isSigning = (): boolean => underWay > 0

/** Counts `work` as signing until it ends. */
export const signing = async <T>(work: Promise<T>): Promise<T> => {
  underWay += 1
  try {
    return await work
  } finally {
    underWay -= 1
  }
}
