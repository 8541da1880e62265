import { get } from '../api/http';
import type { CandlePage } from '../api/types';

const points = 48;
const freshMs = 5 * 60_000;
const parallel = 2;
const restMs = 30_000;

interface Spark { closes: number[]; at: number }

/** The last half day of the rows in sight; only those are asked for, two at a time. */
class Sparks {
  readonly #known = new Map<string, Spark>();
  readonly #asked = new Set<string>();
  #wanted: readonly string[] = [];
  #notBefore = 0;

  closes(key: string): readonly number[] | null { return this.#known.get(key)?.closes ?? null; }

  want(keys: readonly string[], now: number): void {
    this.#wanted = keys;
    if (now >= this.#notBefore) this.#fill(now);
  }

  #fill(now: number): void {
    for (const key of this.#wanted) {
      if (this.#asked.size >= parallel) return;
      const known = this.#known.get(key);
      if (this.#asked.has(key) || (known && now - known.at < freshMs)) continue;
      this.#asked.add(key);
      void this.#load(key);
    }
  }

  async #load(key: string): Promise<void> {
    try {
      const page = await get<CandlePage>(`/api/v1/candles/${key.replace(':', '/')}?timeframe=15m&limit=${points}`);
      this.#known.set(key, { closes: page.items.map(row => row[4]), at: Date.now() });
    } catch {
      this.#notBefore = Date.now() + restMs; // busy, or it has no candles: a decoration must not press
    }
    this.#asked.delete(key);
    if (Date.now() >= this.#notBefore) this.#fill(Date.now());
  }
}

export const sparks = new Sparks();

/** An SVG path through the closes, the live price last. */
export function sparkPath(closes: readonly number[], live: number, width: number, height: number): string {
  const all = Number.isFinite(live) ? [...closes, live] : closes;
  if (all.length < 2) return '';
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const scale = high === low ? 0 : (height - 2) / (high - low);
  const step = width / (all.length - 1);
  return all.map((close, i) => `${i === 0 ? 'M' : 'L'}${(i * step).toFixed(1)} ${(height - 1 - (close - low) * scale).toFixed(1)}`).join('');
}
