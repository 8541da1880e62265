import type { CandleRow } from '../api/types';

/**
 * The averages traders overlay most, over the bars in the chart: the stored history of a metric begins when the calculator
 * was first started, the bars reach back for months. The formulas are those of shared/Indicators.
 */
export function studyOf(name: string, timeframe: string): ((rows: readonly CandleRow[]) => Float64Array) | null {
  const match = /^(\w+)\((.*)\)$/.exec(name);
  if (!match) return null;
  const args = match[2]!.split(',');
  if (args.pop() !== timeframe) return null;
  const [length = NaN, width = NaN] = args.map(Number);
  switch (match[1]) {
    case 'sma': return rows => sma(closes(rows), length);
    case 'ema': return rows => ema(closes(rows), length);
    case 'bb_middle': return rows => sma(closes(rows), length);
    case 'bb_upper': return rows => band(closes(rows), length, width);
    case 'bb_lower': return rows => band(closes(rows), length, -width);
    case 'rsi': return rows => rsi(closes(rows), length);
    default: return null;
  }
}

export const studyNames = ['ema', 'sma', 'rsi'] as const;

/** The name of one with a length of the reader's; null where that is none. */
export function ownStudy(fn: (typeof studyNames)[number], length: string, timeframe: string): string | null {
  const bars = /^\d+$/.test(length.trim()) ? Number(length) : NaN;
  return bars >= 2 && bars <= 500 ? `${fn}(${bars},${timeframe})` : null;
}

/** How far a line reaches that is not made of the bars, in words beside it; '' where it reaches as far as they do. */
export const reachOf = (name: string, timeframe: string): string => (studyOf(name, timeframe) ? '' : 'last 2 days');

/** Whether it can be drawn though the catalogue does not have it: then it is the reader's own. */
export const isOwn = (name: string): boolean => /^(ema|sma|rsi)\(([2-9]|[1-9]\d|[1-4]\d\d|500),\w+\)$/.test(name);

const closes = (rows: readonly CandleRow[]): Float64Array => Float64Array.from(rows, row => row[4]);

function sma(values: Float64Array, length: number): Float64Array {
  const result = new Float64Array(values.length).fill(NaN);
  for (let i = length - 1; i < values.length; i++) {
    let sum = 0;
    for (let k = i - length + 1; k <= i; k++) sum += values[k]!;
    result[i] = sum / length;
  }
  return result;
}

/** Seeded with the mean of the first `length` closes. */
function ema(values: Float64Array, length: number): Float64Array {
  const result = new Float64Array(values.length).fill(NaN);
  if (values.length < length) return result;
  const k = 2 / (length + 1);
  let now = values.subarray(0, length).reduce((sum, value) => sum + value, 0) / length;
  result[length - 1] = now;
  for (let i = length; i < values.length; i++) result[i] = now += k * (values[i]! - now);
  return result;
}

function band(values: Float64Array, length: number, width: number): Float64Array {
  const result = sma(values, length);
  for (let i = length - 1; i < values.length; i++) {
    let sum = 0;
    for (let k = i - length + 1; k <= i; k++) sum += (values[k]! - result[i]!) ** 2;
    result[i]! += width * Math.sqrt(sum / length);
  }
  return result;
}

/** Wilder's smoothing. */
function rsi(values: Float64Array, length: number): Float64Array {
  const result = new Float64Array(values.length).fill(NaN);
  let [gain, loss] = [0, 0];
  for (let i = 1; i < values.length; i++) {
    const step = values[i]! - values[i - 1]!;
    const [up, down] = [Math.max(0, step), Math.max(0, -step)];
    if (i <= length) { gain += up / length; loss += down / length; } else { gain += (up - gain) / length; loss += (down - loss) / length; }
    if (i >= length) result[i] = gain + loss === 0 ? 50 : (100 * gain) / (gain + loss);
  }
  return result;
}
