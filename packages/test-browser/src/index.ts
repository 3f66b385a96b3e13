export { launchBrowser, type TestBrowser } from './launch.ts'
