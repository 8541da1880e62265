import { get } from '../api/http';
import type { CandlePage } from '../api/types';
import { learnPrecision } from '../ui/precision';

const points = 48;
const freshMs = 5 * 60_000;
const least = 8;
const thinMs = 20_000;
const barMinutes = 15;
const parallel = 4;
const restMs = 30_000;

interface Spark { closes: number[]; at: number }

/** The last half day of the rows in sight; only those are asked for, a few at a time. */
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
      if (this.#asked.has(key) || (known && now - known.at < (known.closes.length < points / 2 ? thinMs : freshMs))) continue; // history is still being filled
      this.#asked.add(key);
      void this.#load(key);
    }
  }

  async #closes(key: string, timeframe: string, limit: number): Promise<number[]> {
    const page = await get<CandlePage>(`/api/v1/candles/${key.replace(':', '/')}?timeframe=${timeframe}&limit=${limit}`);
    const closes = page.items.map(row => row[4]);
    learnPrecision(key, closes);
    return closes;
  }

  async #load(key: string): Promise<void> {
    try {
      const bars = await this.#closes(key, `${barMinutes}m`, points);
      // Bars are made of minutes a little later: right after a first start there are minutes only.
      const closes = bars.length >= least ? bars : (await this.#closes(key, '1m', points * barMinutes)).filter((_, i, all) => (all.length - 1 - i) % step(all.length) === 0);
      this.#known.set(key, { closes, at: Date.now() });
    } catch {
      this.#notBefore = Date.now() + restMs; // busy, or it has no candles: a decoration must not press
    }
    this.#asked.delete(key);
    if (Date.now() >= this.#notBefore) this.#fill(Date.now());
  }
}

/** So that minutes give as many points as there is room for. */
const step = (minutes: number): number => Math.max(1, Math.floor(minutes / points));

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
