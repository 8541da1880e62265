import type { CandleRow } from '../api/types';

export const timeframes = ['1m', '5m', '15m', '1h', '4h', '8h', '1d'] as const;
export type Timeframe = (typeof timeframes)[number];

const unitsMs: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

export const lengthOf = (timeframe: string): number => Number.parseInt(timeframe, 10) * (unitsMs[timeframe.at(-1) ?? ''] ?? NaN);

export const isTimeframe = (text: string): text is Timeframe => (timeframes as readonly string[]).includes(text);

/** Older bars before known ones; where both know a bar the known one counts: it may have moved since. */
export function prepend(older: readonly CandleRow[], known: readonly CandleRow[]): CandleRow[] {
  const first = known[0]?.[0] ?? Infinity;
  return [...older.filter(row => row[0] < first), ...known];
}

/** The newest bars again: from the first of them on they replace what was known. Null where they do not reach it: what is between, nobody has. */
export function refresh(known: readonly CandleRow[], newest: readonly CandleRow[], lengthMs: number): CandleRow[] | null {
  const first = newest[0]?.[0];
  if (first === undefined) return [...known];
  if (known.length > 0 && first > known.at(-1)![0] + lengthMs) return null;
  const end = newest.at(-1)![0];
  return [...known.filter(row => row[0] < first), ...newest, ...known.filter(row => row[0] > end)];
}

/** How many bars bring a list up to date that was asked for at `asked` before: those since then or since its last one, that one again, which was forming, and the one before. */
export const missing = (known: readonly CandleRow[], now: number, lengthMs: number, asked = -Infinity): number =>
  Math.max(0, Math.ceil((now - Math.max(asked, known.at(-1)?.[0] ?? now)) / lengthMs)) + 2;

/** What a bar that arrived live does to the list: moves the last one, follows it, comes too late, or leaves a hole to be asked for. */
export function effect(known: readonly CandleRow[], bar: CandleRow, lengthMs: number): 'moves' | 'follows' | 'old' | 'hole' {
  const last = known.at(-1);
  if (!last || bar[0] === last[0] + lengthMs) return 'follows';
  if (bar[0] === last[0]) return 'moves';
  return bar[0] < last[0] ? 'old' : 'hole';
}

/** Where an older bar stands that has changed since: what it was made of was not complete. −1 when there is nothing to change. */
export function correctedAt(known: readonly CandleRow[], bar: CandleRow): number {
  for (let i = known.length - 1; i >= 0 && known[i]![0] >= bar[0]; i--)
    if (known[i]![0] === bar[0]) return known[i]!.every((value, column) => value === bar[column]) ? -1 : i;
  return -1;
}
