import type { BullmqWakeups } from '@f2f/bullmq'
import { Problem } from '../problem.ts'
import { text } from '../text.ts'
import { type Examination, error, ok, skipped, within } from './finding.ts'

const PATIENCE = 5_000

const load = async () => {
  try {
    return await import('@f2f/bullmq')
  } catch {
    throw new Problem(
      'MISSING',
      text(
        '检查队列需要安装 @f2f/bullmq、bullmq 和 ioredis（或 pg）。',
        'Install @f2f/bullmq, bullmq, and ioredis or pg.',
      ),
    )
  }
}

const openQueue = async (address: string, queue: string | undefined): Promise<BullmqWakeups> => {
  const { bullmqWakeups } = await load()
  const options = { work: false, onProblem: () => undefined, ...(queue === undefined ? {} : { queue }) }
  return /^postgres(ql)?:/.test(address)
    ? bullmqWakeups({ ...options, postgres: address })
    : bullmqWakeups({ ...options, redis: address })
}

/** Does the queue of the wake-ups answer. */
export const examineQueue: Examination = async ({ settings, context }) => {
  const address = await settings.address('queue')
  if (address === undefined)
    return [skipped('queue', text('没有配置队列，使用进程内定时器', 'no queue: wake-ups are timers in the process'))]
  const wakeups = await openQueue(address, settings.get('queueName'))
  const health = await within(context, PATIENCE, wakeups.health()).catch(() => 'late' as const)
  // A queue that is away would be waited for.
  void within(context, PATIENCE, wakeups.close()).catch(() => undefined)
  if (health === 'late')
    return [
      error(
        'queue',
        text('队列没有应答', 'the queue does not answer'),
        text(
          '检查 Redis（或 PostgreSQL）是否启动、地址和密码',
          'Check that Redis (or PostgreSQL) runs, its address and password.',
        ),
      ),
    ]
  const { planned, waiting, active } = health
  const counts = `${planned}/${waiting}/${active}`
  return [
    ok('queue', text(`队列可用（计划/等待/处理中 ${counts}）`, `the queue answers (planned/waiting/active ${counts})`)),
  ]
}
