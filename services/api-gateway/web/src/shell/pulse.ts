import type { Frame } from '../api/types';

export interface Pulse { rising: number; falling: number; volume: number; leaders: Frame[] }

/** Breadth over the hour, volume over the day, and the two instruments everybody looks at (else the most traded). */
export function pulse(frames: readonly Frame[]): Pulse {
  let [rising, falling, volume] = [0, 0, 0];
  for (const { metrics } of frames) {
    const change = metrics['change(1h)'] ?? 0;
    if (change > 0) rising++;
    else if (change < 0) falling++;
    volume += metrics['volume(1d)'] ?? 0;
  }
  const traded = [...frames].sort((a, b) => (b.metrics['volume(1d)'] ?? 0) - (a.metrics['volume(1d)'] ?? 0));
  const known = ['BTC', 'ETH'].map(base => traded.find(f => f.symbol.startsWith(base))).filter(f => f !== undefined);
  return { rising, falling, volume, leaders: [...known, ...traded.filter(f => !known.includes(f))].slice(0, 2) };
}
