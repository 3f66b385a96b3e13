/** The one list of pages: order, groups and titles of both languages. A page is `docs/<name>.md` and `docs/zh/<name>.md`. */
export interface PageEntry {
  readonly name: string
  readonly en: string
  readonly zh: string
  /** Shown only when it has been written. */
  readonly optional?: true
}

export interface PageGroup {
  readonly en: string
  readonly zh: string
  readonly pages: readonly PageEntry[]
}

export const GROUPS: readonly PageGroup[] = [
  {
    en: 'Begin',
    zh: '入门',
    pages: [
      { name: 'start', en: 'Start', zh: '五分钟上手' },
      { name: 'flow', en: 'The life of a payment', zh: '一笔交易的一生' },
      { name: 'failures', en: 'Failures', zh: '各种失败' },
      { name: 'keys', en: 'Keys and certificates', zh: '密钥与证书' },
      { name: 'going-live', en: 'Going live', zh: '上线' },
      { name: 'migrating', en: 'From alipay-sdk', zh: '从 alipay-sdk 迁移' },
    ],
  },
  {
    en: 'Build',
    zh: '开发',
    pages: [
      { name: 'mounting', en: 'Mounting', zh: '挂载到框架' },
      { name: 'scanner', en: 'Scanner and till', zh: '扫码枪与收银台' },
      { name: 'isv', en: 'ISV', zh: '系统商' },
      { name: 'testing', en: 'Testing', zh: '测试' },
      { name: 'cli', en: 'The f2f command', zh: 'f2f 命令' },
    ],
  },
  {
    en: 'Operate',
    zh: '运维',
    pages: [
      { name: 'monitoring', en: 'Monitoring', zh: '监控' },
      { name: 'reconciling', en: 'Reconciling', zh: '对账' },
      { name: 'scaling', en: 'Scaling', zh: '规模' },
      { name: 'performance', en: 'Performance', zh: '性能', optional: true },
      { name: 'security', en: 'Security', zh: '安全' },
    ],
  },
  {
    en: 'Reference',
    zh: '参考',
    pages: [
      { name: 'states', en: 'States', zh: '状态' },
      { name: 'errors', en: 'Error codes', zh: '错误码' },
      { name: 'http', en: 'HTTP routes', zh: 'HTTP 接口' },
      { name: 'signals', en: 'Channels and metrics', zh: '诊断通道与指标' },
    ],
  },
]
