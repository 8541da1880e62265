import type { CandleRow, Metric, Unit } from '../api/types';
import { isOwn } from './studies';

/** One row a minute: the minute, then a value for each column. */
export interface MetricSeries { columns: string[]; items: (number | null)[][] }

export interface Point { time: number; value: number }

/** Minutes gathered into the chart's bars: the last value of each bar, as the bar's close is its last price. */
export function pointsOf(series: MetricSeries, name: string, lengthMs: number): Point[] {
  const column = series.columns.indexOf(name) + 1;
  if (column === 0) return [];
  const points: Point[] = [];
  for (const row of series.items) {
    const value = row[column];
    if (typeof value !== 'number') continue;
    const time = Math.floor(row[0]! / lengthMs) * lengthMs;
    const last = points.at(-1);
    if (last?.time === time) last.value = value;
    else points.push({ time, value });
  }
  return points;
}

const historyMs = 2 * 86_400_000;
/** The gateway's clock may be ahead of this one, and the question takes its time: beyond two days it refuses. */
const marginMs = 5 * 60_000;

/** The first minute to ask the history for, by the time of the question. */
export const historyFrom = (now: number): number => Math.ceil((now - historyMs + marginMs) / 60_000) * 60_000;

/** What the history says, and what arrived live since: an answer is a minute old when it comes. */
export function withNewer(stored: readonly Point[], shown: ReadonlyMap<number, number>): Point[] {
  const last = stored.at(-1)?.time ?? -Infinity;
  return [...stored, ...[...shown].filter(([time]) => time > last).map(([time, value]) => ({ time, value }))];
}

export function studyPoints(rows: readonly CandleRow[], values: Float64Array): Point[] {
  const points: Point[] = [];
  for (let i = 0; i < rows.length; i++) if (!Number.isNaN(values[i]!)) points.push({ time: rows[i]![0], value: values[i]! });
  return points;
}

/** `ema(21,5m)` on the five-minute chart is `ema(21,1h)` on the hour's, where there is one. */
export function retime(name: string, from: string, to: string, known: ReadonlySet<string>): string {
  const next = ['(', ','].some(before => name.endsWith(`${before}${from})`)) ? `${name.slice(0, -from.length - 1)}${to})` : name;
  return known.has(next) || isOwn(next) ? next : name;
}

/** Of the reader's own, which no catalogue knows, the averages are prices. */
export const unitOf = (metric: Metric | undefined, name: string): Unit => metric?.unit ?? (isOwn(name) ? (name.startsWith('rsi') ? 'score' : 'price') : 'none');

/** Prices lie over the candles; everything else has a pane below, shared by what is measured alike. */
export function paneKey(metric: Metric | undefined, name: string): string {
  if (!metric) return unitOf(metric, name) === 'price' ? 'price' : name.replace(/\(.*/, '');
  if (metric.unit === 'price') return 'price';
  return metric.function.replace(/_(signal|histogram|k|d)$/, '');
}
