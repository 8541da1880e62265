export interface Preset { name: string; filter: string; hint: string }

/** The questions traders ask first; the built-in rules join them as the gateway lists them. */
export const presets: readonly Preset[] = [
  { name: 'Movers', filter: 'abs(change(15m)) > 1 and volume_ratio(15m) > 1.5', hint: 'Moved more than 1 % in 15 minutes on rising volume' },
  { name: 'Breakouts', filter: 'price > bb_upper(20,2,15m) and volume_ratio(15m) > 1.2', hint: 'Above the upper Bollinger band on volume' },
  { name: 'Oversold', filter: 'rsi(14,1h) < 35', hint: 'RSI of the hour below 35' },
  { name: 'Overbought', filter: 'rsi(14,1h) > 65', hint: 'RSI of the hour above 65' },
  { name: 'Volume spike', filter: 'zscore_volume(20,5m) > 2', hint: 'Five-minute volume two deviations above its mean' },
  { name: 'Near day high', filter: 'price within 1% of high(1d)', hint: 'Within 1 % of the rolling day’s high' },
  { name: 'Uptrend', filter: 'ema(9,15m) > ema(21,15m) and adx(14,15m) > 20', hint: 'Fast average above the slow one, with a trend' },
];
