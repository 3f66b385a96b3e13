import { moment } from './calendar.ts'
import type { OpenMembers, Reply } from './reply.ts'
import { anyObject, id, list, matching, must, oneOf, type Rule, shape, text, textOr } from './rules.ts'

/** How one payment went, as the till saw it. Source: protocol §6.11. */
export interface HeartbeatTrade extends OpenMembers {
  /** The order number. */
  readonly OTN: string
  /** Seconds from scan to result, 0 to 99; 99 for anything longer. */
  readonly TC: number | string
  /** S paid, I in progress, F failed, P till failed, X no connection, Y sending failed, Z receiving failed, C cancelled. */
  readonly STAT: 'S' | 'I' | 'F' | 'P' | 'X' | 'Y' | 'Z' | 'C'
}

/**
 * monitor.heartbeat.syn: a till says that it lives and how its payments went, first after 5 s and then every 900 s.
 * Its gateway is `http://mcloudmonitor.com/gateway.do`. Source: protocol §6.11, §1.1.
 */
export interface HeartbeatRequest extends OpenMembers {
  /** `FP`: face-to-face payment. */
  readonly product: 'FP' | 'MP'
  /** `CR` is a till. */
  readonly type: 'CR' | 'STORE' | 'VM' | 'MD' | 'SOFT_POS' | 'POS' | 'ALI_POS'
  /** At most 32 characters, unique per merchant; a MAC address will do. */
  readonly equipment_id: string
  /** `10` switched on, `20` switched off, `30` normal, `40` asleep, `41` awake. */
  readonly equipment_status: '10' | '20' | '30' | '40' | '41'
  /** `yyyy-MM-dd HH:mm:ss` in UTC+8. */
  readonly time: string
  /** As in the payments, at most 32 characters; `DF` without one. */
  readonly store_id?: string | undefined
  /** The service provider's PID, at most 16 characters. */
  readonly sys_service_provider_id?: string | undefined
  readonly manufacturer_app_id?: string | undefined
  /** At most 64 characters. */
  readonly mac?: string | undefined
  /** At most 4 characters: 2G, 3G, WIFI, LAN. */
  readonly network_type?: string | undefined
  /** At most 30 payments since the last heartbeat, as a list or its JSON text; a POS sends its own concatenated text. */
  readonly trade_info?: readonly HeartbeatTrade[] | string | undefined
  /** `HE_PRINTER`, `HE_SCANER`, `HE_OTHER`, joined with `|`. */
  readonly exception_info?: string | undefined
  /** JSON text of at most 256 characters, or an object. */
  readonly extend_info?: OpenMembers | string | undefined
}

/** Source: protocol §6.11. */
export interface HeartbeatReply extends Reply {
  /** The merchant's PID. */
  readonly pid?: string
}

const seconds: Rule = must(
  'must be seconds from 0 to 99',
  (value) =>
    (typeof value === 'number' || (typeof value === 'string' && /^\d{1,2}(?:\.\d{1,5})?$/.test(value))) &&
    Number(value) >= 0 &&
    Number(value) <= 99,
)

const heartbeatTrade = shape<HeartbeatTrade>({
  required: ['OTN', 'TC', 'STAT'],
  fields: { OTN: id(64), TC: seconds, STAT: oneOf('S', 'I', 'F', 'P', 'X', 'Y', 'Z', 'C') },
})

const EXCEPTIONS = /^HE_(?:PRINTER|SCANER|OTHER)(?:\|HE_(?:PRINTER|SCANER|OTHER))*$/

/** The rules of {@link HeartbeatRequest}. Which members are required is the official demo's choice. */
export const heartbeatRules: Rule = shape<HeartbeatRequest>({
  required: ['product', 'type', 'equipment_id', 'equipment_status', 'time'],
  fields: {
    product: oneOf('FP', 'MP'),
    type: oneOf('CR', 'STORE', 'VM', 'MD', 'SOFT_POS', 'POS', 'ALI_POS'),
    equipment_id: id(32),
    equipment_status: oneOf('10', '20', '30', '40', '41'),
    time: moment,
    store_id: text(32),
    sys_service_provider_id: text(16),
    manufacturer_app_id: text(),
    mac: text(64),
    network_type: text(4),
    trade_info: textOr(text(), list(heartbeatTrade, 30)),
    exception_info: matching(EXCEPTIONS, 'must be HE_PRINTER, HE_SCANER, HE_OTHER, several joined with |'),
    extend_info: textOr(text(256), anyObject),
  },
})
