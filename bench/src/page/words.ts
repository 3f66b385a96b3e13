/** The languages the documentation's page is written in. */
export type Language = 'en' | 'zh'

/** The page's own words; those about a case are in `notes.ts`. */
export interface Words {
  readonly title: string
  readonly intro: (date: string, rounds: number) => string
  readonly machine: string
  readonly cores: string
  readonly memory: string
  readonly head: readonly [whose: string, what: string, median: string, range: string, unit: string]
  readonly roles: Readonly<Record<'ours' | 'peer' | 'limit' | 'ratio', string>>
  readonly target: string
  readonly noTarget: string
  readonly atLeast: string
  readonly atMost: string
  readonly met: string
  readonly missed: string
  readonly how: string
  readonly bounds: string
  readonly profile: string
  readonly growth: string
  readonly by: (cost: string, work: string) => string
  readonly notRun: string
  readonly summary: string
}

const en: Words = {
  title: '# Performance',
  intro: (date, rounds) =>
    `Everything here was measured by \`npx -y pnpm@10 bench --full\` on ${date}, in one run or, some cases by themselves, in several: this project, what people would use instead, and the fastest anything could be; in each case one after the other in the same run, in up to ${rounds} rounds. Figures are medians, with the lowest and highest sample beside them. They belong to the machine below; run the command to have yours.`,
  machine: 'Machine',
  cores: 'cores',
  memory: 'GiB of memory',
  head: ['', 'What', 'Median', 'Lowest–highest', 'Unit'],
  roles: { ours: 'ours', peer: 'peer', limit: 'limit', ratio: 'ratio' },
  target: 'target',
  noTarget: 'no target',
  atLeast: 'at least',
  atMost: 'at most',
  met: 'met',
  missed: '**missed**',
  how: 'How',
  bounds: 'What bounds it',
  profile: 'Profile, before and after',
  growth: 'Growth',
  by: (cost, work) => `${cost}, by ${work}`,
  notRun: 'Not run.',
  summary: '| Question | Figure | Target | |',
}

const zh: Words = {
  title: '# 性能',
  intro: (date, rounds) =>
    `本页所有数字由 \`npx -y pnpm@10 bench --full\` 于 ${date} 测得，可能是一次运行，也可能有些项目单独运行：本项目、人们会用的替代方案、以及理论上能达到的极限；每一项都在同一次运行中交替测量，最多 ${rounds} 轮。数字是中位数，旁边是最低和最高的样本。数字只属于下面这台机器；运行上述命令即可得到你自己机器的数字。`,
  machine: '机器',
  cores: '核',
  memory: 'GiB 内存',
  head: ['', '测量对象', '中位数', '最低–最高', '单位'],
  roles: { ours: '本项目', peer: '对照', limit: '极限', ratio: '比值' },
  target: '目标',
  noTarget: '无目标',
  atLeast: '不低于',
  atMost: '不高于',
  met: '达到',
  missed: '**未达到**',
  how: '测法',
  bounds: '瓶颈',
  profile: '性能剖析：改动前后',
  growth: '增长',
  by: (cost, work) => `${cost}，随${work}增长`,
  notRun: '未运行。',
  summary: '| 问题 | 数字 | 目标 | |',
}

export const WORDS: Readonly<Record<Language, Words>> = { en, zh }
