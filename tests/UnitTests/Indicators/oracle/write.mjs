// Writes bars.csv and what two independent libraries make of it. See README.md.
import { writeFileSync } from 'node:fs';
import ti from 'technicalindicators';
import * as ts from 'trading-signals';

const COUNT = 600;
const FIVE_MINUTES = 300_000;
const MIDNIGHT = 1_760_054_400_000;

const bars = makeBars(20251010);
const input = {
  open: bars.map(b => b.open),
  high: bars.map(b => b.high),
  low: bars.map(b => b.low),
  close: bars.map(b => b.close),
  volume: bars.map(b => b.volume),
};
const closes = input.close;
const firstDay = bars.filter(b => b.openTime < MIDNIGHT + 86_400_000).length;

write('bars.csv', {
  open_time: bars.map(b => b.openTime),
  ...input,
  quote_volume: bars.map(b => b.quoteVolume),
});
write('technicalindicators.csv', technicalIndicators());
write('trading-signals.csv', tradingSignals());

function technicalIndicators() {
  const gain = ti.averagegain({ values: closes, period: 14 });
  const loss = ti.averageloss({ values: closes, period: 14 });
  const macd = ti.macd({ values: closes, fastPeriod: 12, slowPeriod: 26, signalPeriod: 9, SimpleMAOscillator: false, SimpleMASignal: false })
    .filter(r => r.signal !== undefined);
  const bb = ti.bollingerbands({ values: closes, period: 20, stdDev: 2 });
  const adx = ti.adx({ ...input, period: 14 });
  const stoch = ti.stochastic({ ...input, period: 14, signalPeriod: 3 }).filter(r => r.d !== undefined);
  const ichimoku = ti.ichimokucloud({ ...input, conversionPeriod: 9, basePeriod: 26, spanPeriod: 52, displacement: 26 });
  return columns({
    'sma 20': ti.sma({ values: closes, period: 20 }),
    'ema 21': ti.ema({ values: closes, period: 21 }),
    'ema 200': ti.ema({ values: closes, period: 200 }),
    'wma 20': ti.wma({ values: closes, period: 20 }),
    'rsi 14': gain.map((g, i) => 100 - 100 / (1 + g / loss[i])),
    'macd 12 26 9': macd.map(r => r.MACD),
    'macd_signal 12 26 9': macd.map(r => r.signal),
    'macd_histogram 12 26 9': macd.map(r => r.histogram),
    'bb_upper 20 2': bb.map(r => r.upper),
    'bb_middle 20 2': bb.map(r => r.middle),
    'bb_lower 20 2': bb.map(r => r.lower),
    'bb_percent 20 2': bb.map(r => r.pb),
    'adx 14': adx.map(r => r.adx),
    'plus_di 14': adx.map(r => r.pdi),
    'minus_di 14': adx.map(r => r.mdi),
    'stoch_k 14 1 3': stoch.map(r => r.k),
    'stoch_d 14 1 3': stoch.map(r => r.d),
    'cci 20': ti.cci({ ...input, period: 20 }),
    'obv': ti.obv(input),
    'vwap': ti.vwap(input).map((v, i) => (i < firstDay ? v : '')),
    'willr 14': ti.williamsr({ ...input, period: 14 }),
    'roc 12': ti.roc({ values: closes, period: 12 }),
    'ichimoku_conversion 9 26 52': ichimoku.map(r => r.conversion),
    'ichimoku_base 9 26 52': ichimoku.map(r => r.base),
    'ichimoku_span_a 9 26 52': ichimoku.map(r => r.spanA),
    'ichimoku_span_b 9 26 52': ichimoku.map(r => r.spanB),
  });
}

function tradingSignals() {
  const ofCloses = (indicator, from = 0) => stream(indicator, b => b.close, from);
  const ofBars = (indicator, from = 0) => stream(indicator, b => b, from);
  const [slow, smooth] = [new ts.SMA(3), new ts.SMA(3)];
  const stochRsiRows = ofCloses(new ts.StochasticRSI(14)).map(position => {
    const k = position === null ? null : slow.update(position, false);
    const d = k === null ? null : smooth.update(k, false);
    return d === null ? null : { k: k * 100, d: d * 100 };
  });
  const bb = ofCloses(new ts.BollingerBands(20, 2));
  const stoch = ofBars(new ts.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 }));
  const donchian = ofBars(new ts.DonchianChannels(20));
  const keltner = ofBars(new ts.KeltnerChannels({ emaInterval: 20, atrInterval: 10, multiplier: 2 }), 320);
  const macd = ofCloses(new ts.MACD(new ts.EMA(12), new ts.EMA(26), new ts.EMA(9)), 420);
  const supertrend = ofBars(new ts.SuperTrend({ interval: 10, multiplier: 3 }));
  const ichimoku = ofBars(new ts.IchimokuCloud({ conversionInterval: 9, baseInterval: 26, spanBInterval: 52 }));
  return columns({
    'sma 20': ofCloses(new ts.SMA(20)),
    'sma 200': ofCloses(new ts.SMA(200)),
    'ema 21': ofCloses(new ts.EMA(21), 320),
    'wma 20': ofCloses(new ts.WMA(20)),
    'rsi 14': ofCloses(new ts.RSI(14)),
    'macd 12 26 9': macd.map(r => r?.macd),
    'macd_signal 12 26 9': macd.map(r => r?.signal),
    'macd_histogram 12 26 9': macd.map(r => r?.histogram),
    'bb_upper 20 2': bb.map(r => r?.upper),
    'bb_middle 20 2': bb.map(r => r?.middle),
    'bb_lower 20 2': bb.map(r => r?.lower),
    'bb_width 20 2': ofCloses(new ts.BollingerBandsWidth(new ts.BollingerBands(20, 2))).map(w => w && w * 100),
    'atr 14': ofBars(new ts.ATR(14)),
    'natr 14': ofBars(new ts.NATR(14)),
    'stoch_k 14 3 3': stoch.map(r => r?.stochK),
    'stoch_d 14 3 3': stoch.map(r => r?.stochD),
    'stochrsi_k 14 14 3 3': stochRsiRows.map(r => r?.k),
    'stochrsi_d 14 14 3 3': stochRsiRows.map(r => r?.d),
    'cci 20': ofBars(new ts.CCI(20)),
    'mfi 14': ofBars(new ts.MFI(14)),
    'obv': ofBars(new ts.OBV(2)),
    'vwap': ofBars(new ts.VWAP()).map((v, i) => (i < firstDay ? v : null)),
    'willr 14': ofBars(new ts.WilliamsR(14)),
    'roc 12': ofCloses(new ts.ROC(12)).map(r => r === null ? null : r * 100),
    'donchian_upper 20': donchian.map(r => r?.upper),
    'donchian_middle 20': donchian.map(r => r?.middle),
    'donchian_lower 20': donchian.map(r => r?.lower),
    'keltner_upper 20 10 2': keltner.map(r => r?.upper),
    'keltner_middle 20 10 2': keltner.map(r => r?.middle),
    'keltner_lower 20 10 2': keltner.map(r => r?.lower),
    'supertrend 10 3': supertrend.map(r => r?.supertrend),
    'supertrend_direction 10 3': supertrend.map(r => r && (r.trend === ts.TradingSignal.BULLISH ? 1 : -1)),
    'ichimoku_conversion 9 26 52': ichimoku.map(r => r?.conversion),
    'ichimoku_base 9 26 52': ichimoku.map(r => r?.base),
    'ichimoku_span_a 9 26 52': ichimoku.map(r => r?.spanA),
    'ichimoku_span_b 9 26 52': ichimoku.map(r => r?.spanB),
  });
}

function stream(indicator, pick, from) {
  return bars.map((bar, i) => {
    const result = indicator.update(pick(bar), false);
    if (i < from || !indicator.isStable) return null;
    return typeof result === 'object' && result !== null ? { ...result } : result;
  });
}

// A library that says nothing during its warm-up returns fewer values than there are bars; the last ones belong together.
function columns(named) {
  return Object.fromEntries(Object.entries(named).map(([name, values]) => [name, [...Array(COUNT - values.length).fill(''), ...values]]));
}

function write(file, named) {
  const names = Object.keys(named);
  const rows = Array.from({ length: COUNT }, (_, i) => names.map(name => cell(named[name][i])).join(','));
  writeFileSync(new URL(file, import.meta.url), [names.join(','), ...rows, ''].join('\n'));
}

// Fourteen digits say more than the comparison asks for.
function cell(value) {
  if (value === null || value === undefined || value === '') return '';
  return Number.isInteger(value) ? String(value) : String(parseFloat(value.toPrecision(14)));
}

// Trends, a crash, quiet stretches: a walk whose volatility changes every hundred bars. Prices on a tick of 0.01.
function makeBars(seed) {
  const random = mulberry32(seed);
  const tick = x => Math.round(x * 100) / 100;
  const result = [];
  let price = 250;
  for (let i = 0; i < COUNT; i++) {
    const volatility = [0.002, 0.006, 0.001, 0.015, 0.004][Math.floor(i / 100) % 5];
    const open = tick(price * (1 + (random() - 0.5) * volatility * 0.2));
    const close = tick(open * (1 + (random() - 0.5 + 0.02 * Math.sin(i / 40)) * volatility));
    const high = tick(Math.max(open, close) * (1 + random() * volatility * 0.5));
    const low = tick(Math.min(open, close) * (1 - random() * volatility * 0.5));
    const volume = Math.round(random() * random() * 1e6) / 1000 + 0.001;
    result.push({ openTime: MIDNIGHT + i * FIVE_MINUTES, open, high, low, close, volume, quoteVolume: volume * (open + close) / 2 });
    price = close;
  }
  return result;
}

function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
