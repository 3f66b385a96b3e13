import type { DefaultTheme } from 'vitepress'

/**
 * Words of letters and digits, and pairs of neighbouring Chinese characters: Chinese has no spaces, and the same pairs
 * come out of the page and of the question. It is sent to the browser as text, so it uses nothing from outside.
 */
const tokenize = (text: string): string[] =>
  (text.match(/\p{Script=Han}+|[\p{L}\p{N}_]+/gu) ?? []).flatMap((run) =>
    /\p{Script=Han}/u.test(run) && run.length > 1
      ? Array.from({ length: run.length - 1 }, (_, index) => run.slice(index, index + 2))
      : [run],
  )

export const search: NonNullable<DefaultTheme.Config['search']> = {
  provider: 'local',
  options: {
    // The reference is found by its lists; here it would hide the pages that explain.
    _render: (source, env, markdown) => (env.relativePath.startsWith('api/') ? '' : markdown.renderAsync(source, env)),
    miniSearch: { options: { tokenize }, searchOptions: { combineWith: 'AND', prefix: true } },
    locales: {
      zh: {
        translations: {
          button: { buttonText: '搜索', buttonAriaLabel: '搜索文档' },
          modal: {
            displayDetails: '显示详情',
            resetButtonTitle: '清空',
            backButtonTitle: '关闭',
            noResultsText: '没有找到：',
            footer: { selectText: '打开', navigateText: '选择', closeText: '关闭' },
          },
        },
      },
    },
  },
}
