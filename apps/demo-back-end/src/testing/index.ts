export { type RestartTrial, restartTrial } from './restart-trial.ts'
export { type Mount, shopOn } from './shop-on.ts'
export { type SimulatedTrial, simulatedTrial } from './simulated-trial.ts'
