import type { Metric, Unit } from '../api/types';
import { fixed, isNumber, metric } from '../ui/format';

export type Look = 'price' | 'heat' | 'bar' | 'gauge' | 'share' | 'plain';
export interface Column { name: string; title: string; frame: string; unit: Unit; meaning: string; look: Look; width: number }

const shortNames: Record<string, string> = {
  change: 'Chg', volume: 'Vol', volume_ratio: 'Vol ×', base_volume: 'Base vol', taker_share: 'Taker buys', rsi: 'RSI', natr: 'NATR', atr: 'ATR',
  macd: 'MACD', macd_signal: 'MACD sig', macd_histogram: 'MACD hist', ema: 'EMA', sma: 'SMA', wma: 'WMA', adx: 'ADX', cci: 'CCI', mfi: 'MFI', obv: 'OBV',
  donchian_upper: 'Donch up', donchian_middle: 'Donch mid', donchian_lower: 'Donch low', vwap: 'VWAP', vcp: 'VCP', roc: 'ROC', bb_percent: 'BB %B', bb_width: 'BB width', bb_upper: 'BB up', bb_lower: 'BB low', bb_middle: 'BB mid',
  stoch_k: 'Stoch K', stoch_d: 'Stoch D', stochrsi_k: 'StRSI K', stochrsi_d: 'StRSI D', willr: 'Will %R', zscore_volume: 'Z vol', zscore_return: 'Z ret',
  robust_zscore_volume: 'RZ vol', robust_zscore_return: 'RZ ret', rank_change: 'Chg rank', rank_volume: 'Vol rank', rank_volume_ratio: 'Vol × rank',
  rank_range: 'Range rank', correlation: 'Corr BTC', beta: 'Beta BTC', high_distance: 'To high', low_distance: 'To low', trades: 'Trades', price: 'Price',
};

const gauges = new Set(['rsi', 'mfi', 'stoch_k', 'stoch_d', 'stochrsi_k', 'stochrsi_d']);
const heats = new Set(['change', 'roc', 'high_distance', 'low_distance']);

/** How a metric stands in the table. */
export function columnOf(name: string, metric?: Metric): Column {
  const fn = metric?.function ?? name.replace(/\(.*/, '');
  const args = metric?.arguments ?? (/\((.*)\)/.exec(name)?.[1] ?? '').split(',').map(a => a.trim()).filter(Boolean);
  const unit = metric?.unit ?? 'none';
  const look = lookOf(fn, unit);
  const title = shortNames[fn] ?? fn.replaceAll('_', ' ').replace(/^./, c => c.toUpperCase());
  const frame = timeframeOf(args);
  return { name, unit, look, meaning: metric?.meaning ?? name, title, frame, width: Math.max(widths[look], headWidth(`${title} ${frame}`)) };
}

/** A value as it stands in a cell: only directions carry a plus. */
export function textOf(column: Pick<Column, 'look' | 'unit'>, value: number | null | undefined, decimals?: number): string {
  if (column.look === 'share' && isNumber(value)) return `${fixed(value * 100, 0)}%`;
  const text = metric(value, column.unit, decimals);
  return column.look === 'heat' ? text : text.replace(/^\+/, '');
}

const widths: Record<Look, number> = { price: 94, heat: 74, bar: 78, gauge: 70, share: 84, plain: 82 };

/** A column is as wide as its title, which nobody should have to guess. */
const headWidth = (text: string): number => Math.ceil(22 + 6.3 * text.trim().length);

function lookOf(fn: string, unit: Unit): Look {
  if (unit === 'price') return 'price';
  if (heats.has(fn)) return 'heat';
  if (unit === 'quote') return 'bar';
  if (gauges.has(fn) || unit === 'rank') return 'gauge';
  return fn === 'taker_share' ? 'share' : 'plain';
}

/** Where a metric's last argument is a timeframe, that; other arguments only where they tell something: EMA 9 and EMA 21. */
function timeframeOf(args: readonly string[]): string {
  const last = args.at(-1) ?? '';
  const rest = args.slice(0, -1);
  return rest.length === 1 && rest[0] !== '14' ? `${rest[0]} · ${last}` : last;
}
