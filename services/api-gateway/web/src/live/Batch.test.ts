import { afterEach, expect, it, vi } from 'vitest';
import { Batch } from './Batch';

afterEach(() => { vi.unstubAllGlobals(); vi.useRealTimers(); });

it('what comes one by one is handed on together with the next frame, and in a hidden tab too', () => {
  vi.useFakeTimers();
  const frames: (() => void)[] = [];
  vi.stubGlobal('requestAnimationFrame', (paint: () => void) => frames.push(paint));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  const handed: (readonly number[])[] = [];
  const batch = new Batch<number>(items => handed.push(items));
  for (const item of [1, 2, 3]) batch.add(item);
  expect([handed, frames.length]).toEqual([[], 1]);
  frames[0]!();
  batch.add(4); // no frame comes for this one
  vi.advanceTimersByTime(500);
  batch.add(5);
  batch.clear();
  vi.advanceTimersByTime(500);
  expect(handed).toEqual([[1, 2, 3], [4]]);
});
