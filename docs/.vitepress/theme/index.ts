import { inBrowser } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import { CHOICE } from '../first-visit.ts'
import './style.css'

/** Whoever moves about the site has seen the language menu: from then on nobody is led anywhere. */
const rememberChoice = (): void => {
  try {
    localStorage.setItem(CHOICE, 'chosen')
  } catch {
    // A browser without storage is led each time it opens the root page.
  }
}

export default {
  extends: DefaultTheme,
  enhanceApp: ({ router }: { router: { onAfterRouteChange?: () => void } }) => {
    if (inBrowser) router.onAfterRouteChange = rememberChoice
  },
}
