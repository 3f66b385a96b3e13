import type { OpenMembers } from './reply.ts'
import { amount, id, must, type Rule, type Shape, shape, text } from './rules.ts'

/** One line of the goods list, its documented members only. Source: protocol §6.1. */
export interface GoodsMembers {
  /** The merchant's article number, at most 64 characters (32 before 2023). */
  readonly goods_id: string
  /** At most 256 characters. */
  readonly goods_name: string
  /** Above 0. */
  readonly quantity: number | string
  /** Yuan for one piece, as a decimal string such as `'19.50'`. */
  readonly price: string
  /** At most 24 characters. */
  readonly goods_category?: string | undefined
  /** Category ids from root to leaf joined with `|`, at most 128 characters. */
  readonly categories_tree?: string | undefined
  /** At most 1000 characters. */
  readonly body?: string | undefined
  /** At most 400 characters. */
  readonly show_url?: string | undefined
  /** At most 32 characters. */
  readonly alipay_goods_id?: string | undefined
  /** At most 64 characters. */
  readonly out_item_id?: string | undefined
  /** At most 64 characters. */
  readonly out_sku_id?: string | undefined
}

/** One line of the goods list; further members pass. */
export interface GoodsDetail extends GoodsMembers, OpenMembers {}

/** Alipay takes at most 150 lines (`ACQ.SUB_GOODS_SIZE_MAX_COUNT`). Source: protocol §6.1. */
export const MAX_GOODS = 150

const quantity: Rule = must(
  'must be a number above 0, as a number or a decimal string',
  (value) =>
    (typeof value === 'number' || (typeof value === 'string' && /^\d{1,32}(?:\.\d{1,31})?$/.test(value))) &&
    Number(value) > 0 &&
    Number.isFinite(Number(value)),
)

const goodsShape: Shape<GoodsMembers> = {
  required: ['goods_id', 'goods_name', 'quantity', 'price'],
  fields: {
    goods_id: id(64),
    goods_name: text(256),
    quantity,
    price: amount('0.00'),
    goods_category: text(24),
    categories_tree: text(128),
    body: text(1000),
    show_url: text(400),
    alipay_goods_id: text(32),
    out_item_id: text(64),
    out_sku_id: text(64),
  },
}

/** A {@link GoodsDetail}. */
export const goods: Rule = shape(goodsShape)

/** A {@link GoodsMembers} and nothing else; `closed` says why. */
export const goodsOnly = (closed: string): Rule => shape<GoodsMembers>({ ...goodsShape, closed })
