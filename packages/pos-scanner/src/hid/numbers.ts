/** Usage page of bar code scanners, and the usage of one. Source: USB HID Point of Sale Usage Tables. */
export const SCANNER_PAGE = 0x8c
export const SCANNER_USAGE = 0x02
/** Set to 1, it wakes scanners that are silent before. Source: protocol §11.2. */
export const WAKING_REPORT = 0xfe
/** Reports with higher numbers tell of the trigger or the state of a scanner. */
export const LAST_DATA_REPORT = 2
/** Where Data Continued is, in a report of 63 bytes behind its number. */
export const CONTINUED = 62
/** `]`, with which an AIM identifier begins. */
export const BRACKET = 0x5d
/** The rest of a code follows at once, or is lost, ms. */
export const LONGEST_WAIT = 500
