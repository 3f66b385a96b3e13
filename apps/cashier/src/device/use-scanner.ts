import { type Hid, hidPos, keyboardWedge, openScanner, type Scan, type ScannerProblemCode } from '@f2f/pos-scanner'
import { onBeforeUnmount, onMounted, type Ref, ref } from 'vue'

export interface ScannerState {
  /** Whether this browser can talk to scanners in HID POS mode. */
  readonly canConnect: boolean
  readonly connected: Ref<boolean>
  readonly problem: Ref<ScannerProblemCode | undefined>
  /** Lets the cashier choose a HID POS scanner; call it in a click. */
  connect(): Promise<void>
}

/** Listens to every scanner there is while the component lives. The code is handed on and not kept. */
export const useScanner = (onScan: (scan: Scan) => void): ScannerState => {
  const { hid: system } = navigator as { readonly hid?: Hid }
  const canConnect = system !== undefined
  const connected = ref(false)
  const problem = ref<ScannerProblemCode>()
  const hid = hidPos()
  const closers: (() => void)[] = []

  const listen = (source: ReturnType<typeof keyboardWedge>): void => {
    const scanner = openScanner({
      source,
      onScan(scan) {
        problem.value = undefined
        onScan(scan)
      },
      onProblem({ code }) {
        // A keyboard scanner needs no connecting, so that none is found is no news.
        if (code !== 'NOT_FOUND') problem.value = code
        if (code === 'UNPLUGGED') connected.value = false
      },
    })
    closers.push(() => scanner.close())
  }

  /** A scanner allowed before is used without a word; this page may use nothing else. */
  const look = async (): Promise<void> => {
    connected.value = ((await system?.getDevices()) ?? []).length > 0
    if (connected.value && problem.value === 'UNPLUGGED') problem.value = undefined
  }
  const plugged = (): void => void look()

  onMounted(() => {
    listen(keyboardWedge())
    if (system === undefined) return
    listen(hid)
    system.addEventListener('connect', plugged, { capture: true })
    plugged()
  })
  onBeforeUnmount(() => {
    for (const close of closers) close()
    system?.removeEventListener('connect', plugged, { capture: true })
  })
  return {
    canConnect,
    connected,
    problem,
    async connect() {
      connected.value = await hid.request()
      if (connected.value) problem.value = undefined
    },
  }
}
