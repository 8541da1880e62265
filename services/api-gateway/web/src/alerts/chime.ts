import type { Severity } from '../api/types';

const notes: Record<Severity, number[]> = { info: [880], warning: [740, 988], critical: [988, 740, 988] };
const atMostEveryMs = 1_000;
const lateMs = 1_000;

let context: AudioContext | null = null;
let lastAt = 0;

/** A short, soft tone made here: no file to load. */
export function chime(severity: Severity): void {
  if (Date.now() - lastAt < atMostEveryMs) return; // a burst is one sound
  lastAt = Date.now();
  context ??= new AudioContext();
  void play(context, notes[severity]);
}

/** Until somebody has pressed something the browser keeps still: what waited for that is dropped, else hours of alerts would sound together. */
async function play(audio: AudioContext, frequencies: readonly number[]): Promise<void> {
  const askedAt = Date.now();
  if (audio.state !== 'running') await audio.resume();
  if (Date.now() - askedAt > lateMs || (audio.state as string) !== 'running') return;
  frequencies.forEach((frequency, i) => tone(audio, frequency, audio.currentTime + i * 0.14));
}

function tone(audio: AudioContext, frequency: number, at: number): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = 'sine';
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.14, at + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.35);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.4);
}
