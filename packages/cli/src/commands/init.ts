import { resolve } from 'node:path'
import { defineCommand } from '../command.ts'
import { EXIT } from '../exit.ts'
import { FRAMEWORKS } from '../init/manifest.ts'
import { writeStarter } from '../init/write-starter.ts'
import { Problem } from '../problem.ts'
import { text } from '../text.ts'

/** For the shell that it is pasted into. */
const quoted = (path: string): string => (/[\s'"$&;()]/.test(path) ? `'${path.replaceAll("'", "'\\''")}'` : path)

export const init = defineCommand({
  name: 'init',
  about: text('在空文件夹里生成可运行的后端', 'write a running back end into an empty folder'),
  more: text(
    'TypeScript、SQLite、通知路由，开发时使用模拟网关。文件夹不为空则拒绝。',
    'TypeScript, SQLite, the notification route, and the simulator for development. A folder that is not empty is refused.',
  ),
  arguments: [
    { name: 'framework', about: text('express、koa 或 nest', 'express, koa or nest') },
    { name: 'folder', about: text('文件夹（默认当前）', 'default: here'), optional: true },
  ],
  options: {},
  examples: ['f2f init express my-shop', 'f2f init nest my-shop --json'],
  async run({ args, context, output }) {
    const framework = FRAMEWORKS.find((one) => one === args[0])
    if (framework === undefined)
      throw new Problem('USAGE', text('框架是 express、koa 或 nest。', 'The framework is express, koa or nest.'))
    const dir = resolve(context.cwd, args[1] ?? '.')
    const files = await writeStarter(dir, framework, context)
    output.result({ dir, framework, files }, () => [
      `${output.color.green('✓')} ${dir}`,
      '',
      `  cd ${quoted(args[1] ?? '.')}`,
      '  npm install',
      `  npm run simulate   ${output.color.dim(output.say(text('第一个终端', 'in one terminal')))}`,
      `  npm run dev        ${output.color.dim(output.say(text('第二个终端', 'in another')))}`,
    ])
    return EXIT.ok
  },
})
