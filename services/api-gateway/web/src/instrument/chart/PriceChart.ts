import {
  CandlestickSeries, createChart, createSeriesMarkers, HistogramSeries, type CandlestickData, type HistogramData, type IChartApi, type ISeriesApi,
  type ISeriesMarkersPluginApi, type MouseEventParams, type Time, type UTCTimestamp,
} from 'lightweight-charts';
import type { CandleRow } from '../../api/types';
import { decimalsOf, fixed, price } from '../../ui/format';
import { colour } from '../../ui/theme';
import { firstOptions, shades, wash } from './options';
import { Overlays } from './Overlays';
import type { Mark } from './groups';
import { seriesMarks } from './marks';

/** Fewer bars than this left of the view, or than half a view: time to ask for older ones. */
const nearTheEdge = 120;

/** Beyond that many decimals a price is mostly zeros, which are counted instead. */
const longest = 7;

export interface ChartHooks { hover(time: number | null): void; needOlder(): void; pick?(markId: string): void }

export const seconds = (ms: number): UTCTimestamp => (ms / 1_000) as UTCTimestamp;

/** Candles with volume below, marks on them and lines over them. React stays outside: a live bar touches the canvas only. */
export class PriceChart {
  readonly chart: IChartApi;
  readonly overlays: Overlays;
  readonly #candles: ISeriesApi<'Candlestick'>;
  readonly #volume: ISeriesApi<'Histogram'>;
  readonly #marks: ISeriesMarkersPluginApi<Time>;
  #shown: readonly Mark[] = [];
  #times: number[] = [];
  #decimals = -1;

  constructor(box: HTMLElement, readonly hooks: ChartHooks) {
    this.chart = createChart(box, firstOptions);
    this.#candles = this.chart.addSeries(CandlestickSeries, {});
    this.#volume = this.chart.addSeries(HistogramSeries, { priceScaleId: 'volume', priceFormat: { type: 'volume' }, lastValueVisible: false, priceLineVisible: false });
    this.#volume.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
    this.#marks = createSeriesMarkers(this.#candles, []);
    this.overlays = new Overlays(this.chart);
    this.restyle();
    this.chart.subscribeCrosshairMove(event => this.hooks.hover(event.time === undefined ? null : Number(event.time) * 1_000));
    this.chart.subscribeClick(event => this.#clicked(event));
    this.chart.timeScale().subscribeVisibleLogicalRangeChange(() => this.#fill());
  }

  whole(rows: readonly CandleRow[], decimals?: number): void {
    const isFirst = this.#times.length === 0;
    this.#times = rows.map(row => row[0]);
    this.#precision(decimals ?? decimalsOf(rows.at(-1)?.[4] ?? 1));
    // Under a pointer the library looks at all series as soon as one of them is new, fails at those that are not, and is never the same.
    this.chart.clearCrosshairPosition();
    this.#candles.setData(rows.map(candle));
    const washes = volumeShades(); // asked for once: the style sheet is slow to answer for each of a hundred thousand bars
    this.#volume.setData(rows.map(row => volume(row, washes)));
    this.#mark();
    if (isFirst) this.chart.timeScale().scrollToRealTime();
    this.#fill(); // far out a page of bars does not fill the view, and nobody moves it
  }

  bar(row: CandleRow): void {
    this.#candles.update(candle(row));
    this.#volume.update(volume(row, volumeShades()));
    if (this.#times.at(-1) === row[0]) return;
    this.#times.push(row[0]);
    this.#mark();
  }

  marks(marks: readonly Mark[]): void {
    this.#shown = marks;
    this.#mark();
  }

  /** Centres the view on a time. */
  show(at: number, barsAround = 60): void {
    const index = this.#times.findLastIndex(time => time <= at);
    if (index >= 0) this.chart.timeScale().setVisibleLogicalRange({ from: index - barsAround, to: index + barsAround });
  }

  restyle(): void {
    this.chart.applyOptions(shades());
    const [up, down] = [colour('up'), colour('down')];
    this.#candles.applyOptions({ upColor: up, downColor: down, wickUpColor: up, wickDownColor: down, borderVisible: false });
    this.overlays.restyle();
    this.#mark();
  }

  /** With the decimals of the exchange, where they come after the bars. */
  quote(decimals: number | undefined): void { if (decimals !== undefined) this.#precision(decimals); }

  dispose(): void { this.chart.remove(); }

  #fill(): void {
    const range = this.chart.timeScale().getVisibleLogicalRange();
    if (range && this.#times.length > 0 && range.from < Math.max(nearTheEdge, (range.to - range.from) / 2)) this.hooks.needOlder();
  }

  #mark(): void { this.#marks.setMarkers(seriesMarks(this.#shown, this.#times)); }

  #clicked(event: MouseEventParams): void {
    if (typeof event.hoveredObjectId === 'string') this.hooks.pick?.(event.hoveredObjectId);
  }

  #precision(decimals: number): void {
    this.overlays.decimals = decimals;
    if (decimals === this.#decimals) return;
    this.#decimals = decimals;
    this.#candles.applyOptions({ priceFormat: { type: 'custom', minMove: 10 ** -decimals, formatter: (value: number) => (decimals > longest ? price(value) : fixed(value, decimals)) } });
  }
}

const candle = ([time, open, high, low, close]: CandleRow): CandlestickData => ({ time: seconds(time), open, high, low, close });

interface Shades { up: string; down: string }

const volumeShades = (): Shades => ({ up: wash('up', 0.32), down: wash('down', 0.32) });

const volume = ([time, open, , , close, , quoteVolume]: CandleRow, shades: Shades): HistogramData =>
  ({ time: seconds(time), value: quoteVolume, color: close >= open ? shades.up : shades.down });
