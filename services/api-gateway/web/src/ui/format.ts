import { decimalsIn, precisionOf } from './precision';

/** Numbers as traders read them: aligned, a true minus, tiny prices without a row of zeros, large ones grouped. */
export const none = '–';

const subscripts = '₀₁₂₃₄₅₆₇₈₉';
const grouped = new Map<number, Intl.NumberFormat>();

export function fixed(value: number, decimals: number): string {
  let format = grouped.get(decimals);
  if (!format) grouped.set(decimals, (format = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })));
  return minus(format.format(value));
}

/** Decimals that show five digits that matter, never fewer than two. */
export function decimalsOf(price: number): number {
  const size = Math.abs(price);
  if (size >= 1_000) return 2;
  if (size >= 100) return 3;
  if (size >= 1) return 4;
  return size === 0 ? 2 : Math.min(12, 4 - Math.floor(Math.log10(size)));
}

/** A cell has room for so many of a price. */
const mostDecimals = 8;

/** 0.00001234 → 0.0₄1234: the small figure counts the zeros. */
export function price(value: number | null | undefined, decimals?: number): string {
  if (!isNumber(value)) return none;
  const size = Math.abs(value);
  if (size === 0 || size >= 0.0001) return fixed(value, Math.min(mostDecimals, decimals ?? decimalsOf(value)));
  const [digits, exponent] = size.toExponential(3).split('e') as [string, string];
  const zeros = String(-Number(exponent) - 1).replace(/\d/g, d => subscripts[Number(d)]!);
  return `${value < 0 ? '−' : ''}0.0${zeros}${digits.replace('.', '')}`;
}

/** As the exchange quotes it; where that is not known yet, by its own digits. */
export const priceOf = (value: number | null | undefined, exchange: string, symbol: string): string =>
  price(value, precisionOf(`${exchange}:${symbol}`) ?? (isNumber(value) ? Math.min(decimalsOf(value), Math.max(2, decimalsIn(value))) : undefined));

/** What is made of prices keeps their decimals unless they would leave fewer than three digits of it: a MACD is small. */
export const priceLike = (value: number, decimals: number | undefined): string =>
  price(value, decimals !== undefined && Math.abs(value) * 10 ** decimals >= 100 ? decimals : undefined);

export function percent(value: number | null | undefined, decimals = 2): string {
  if (!isNumber(value)) return none;
  if (Math.abs(value) >= 1_000) return `${value > 0 ? '+' : ''}${compact(value)}%`;
  const text = fixed(value, decimals);
  const isZero = !/[1-9]/.test(text);
  return `${isZero ? text.replace('−', '') : value > 0 ? `+${text}` : text}%`;
}

const scales: [number, string][] = [[1e12, 'T'], [1e9, 'B'], [1e6, 'M'], [1e3, 'K']];

/** 1234567 → 1.23M */
export function compact(value: number | null | undefined): string {
  if (!isNumber(value)) return none;
  const size = Math.abs(value);
  for (const [scale, letter] of scales) {
    if (size < scale * 0.99995) continue;
    const scaled = value / scale;
    return minus(`${scaled.toFixed(Math.abs(scaled) >= 99.995 ? 1 : 2)}${letter}`);
  }
  return minus(value.toFixed(size === 0 || size >= 100 ? 0 : size >= 1 ? 1 : 3));
}

/** A metric's value as its unit asks; `decimals` are those of the instrument's prices. */
export function metric(value: number | null | undefined, unit: string, decimals?: number): string {
  if (!isNumber(value)) return none;
  switch (unit) {
    case 'price': return priceLike(value, decimals);
    case 'percent': return percent(value);
    case 'quote': case 'base': return compact(value);
    case 'count': return Math.abs(value) >= 100_000 ? compact(value) : fixed(value, 0);
    case 'rank': return fixed(value, 0);
    case 'score': return fixed(value, Math.abs(value) >= 1_000 ? 0 : 1);
    case 'ratio': return Math.abs(value) >= 1_000 ? compact(value) : fixed(value, 2);
    default: return fixed(value, Number.isInteger(value) ? 0 : 2);
  }
}

export const isNumber = (value: number | null | undefined): value is number => typeof value === 'number' && Number.isFinite(value);

const minus = (text: string): string => text.replace('-', '−');
