import { afterEach, expect, it, vi } from 'vitest';

let started = 0;
let waiting: (() => void)[] = [];
const wake = (): void => waiting.forEach(done => done());

class FakeAudio {
  state = 'suspended';
  currentTime = 0;
  destination = {};
  resume = (): Promise<void> => new Promise(done => waiting.push(() => { this.state = 'running'; done(); }));
  createOscillator = () => ({ frequency: {}, connect: (next: unknown) => next, start: () => void started++, stop: () => undefined });
  createGain = () => ({ gain: { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect: (next: unknown) => next });
}

afterEach(() => { vi.unstubAllGlobals(); vi.useRealTimers(); vi.resetModules(); started = 0; waiting = []; });

async function audio(): Promise<(severity: 'info') => void> {
  vi.useFakeTimers();
  vi.stubGlobal('AudioContext', FakeAudio);
  return (await import('./chime')).chime;
}

it('what waited for the first press of a button is dropped', async () => {
  const chime = await audio();
  for (let i = 0; i < 5; i++) {
    chime('info');
    await vi.advanceTimersByTimeAsync(60_000);
  }
  wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(started).toBe(0);
  chime('info');
  expect(started).toBe(1);
});

it('a press that lets it sound is heard at once', async () => {
  const chime = await audio();
  chime('info');
  wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(started).toBe(1);
});
