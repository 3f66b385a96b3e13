/** Two short tones that a shop hears over its own noise; silent where the browser allows no sound. */
const TUNES = {
  good: [
    [880, 0, 0.14],
    [1318.5, 0.15, 0.32],
  ],
  bad: [
    [311, 0, 0.2],
    [233, 0.22, 0.34],
  ],
} as const

const LOUDNESS = 0.35

const tone = (audio: AudioContext, pitch: number, from: number, length: number): void => {
  const oscillator = audio.createOscillator()
  const volume = audio.createGain()
  const start = audio.currentTime + from
  oscillator.frequency.value = pitch
  volume.gain.setValueAtTime(0, start)
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.015)
  volume.gain.exponentialRampToValueAtTime(0.001, start + length)
  oscillator.connect(volume).connect(audio.destination)
  oscillator.start(start)
  oscillator.stop(start + length)
}

export interface Sound {
  play(tune: keyof typeof TUNES): void
}

/** Browsers let a page sound only after somebody has touched it; the context is woken when it is needed. */
export const createSound = (makeContext: () => AudioContext = () => new AudioContext()): Sound => {
  let audio: AudioContext | undefined
  return {
    play(tune) {
      try {
        audio ??= makeContext()
        void audio.resume()
        for (const [pitch, from, length] of TUNES[tune]) tone(audio, pitch, from, length)
      } catch {
        // A till without sound still shows everything.
      }
    },
  }
}
