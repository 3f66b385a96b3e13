export { type RestartTrial, restartTrial } from './restart-trial.ts'
export { scrape, watchedMetrics } from './scraped.ts'
export { type Mount, shopOn } from './shop-on.ts'
export { type SimulatedTrial, simulatedTrial } from './simulated-trial.ts'
