import { hidPos, keyboardWedge, openScanner, type Scan, type ScannerProblemCode } from '@f2f/pos-scanner'
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
  const canConnect = 'hid' in navigator
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

  onMounted(() => {
    listen(keyboardWedge())
    if (canConnect) listen(hid)
  })
  onBeforeUnmount(() => {
    for (const close of closers) close()
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
