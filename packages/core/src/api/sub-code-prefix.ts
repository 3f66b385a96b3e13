const PREFIXES = /^(?:aop\.)?(?:ACQ\.|AQC\.)?/i

/**
 * A `sub_code` without the prefixes that vary: `aop.ACQ.SYSTEM_ERROR`, `AQC.SYSTEM_ERROR` and `SYSTEM_ERROR` are the
 * same. `isv.` and `isp.` stay: they say whose fault it is. Source: protocol §3.6.
 */
export const normalizeSubCode = (subCode: string): string => subCode.trim().replace(PREFIXES, '')
