import { LineSeries, LineStyle, type IChartApi, type IPriceLine, type ISeriesApi, type UTCTimestamp } from 'lightweight-charts';
import type { Unit } from '../../api/types';
import { metric } from '../../ui/format';
import { colour } from '../../ui/theme';
import { withNewer, type Point } from '../overlays';

const palette = ['accent', 'warn', 'violet', 'up', 'critical', 'info'] as const;
const paneHeight = 96;
/** Where traders look at an oscillator. */
const levels: Record<string, readonly number[]> = { rsi: [30, 70], mfi: [20, 80], stoch: [20, 80], stochrsi: [20, 80], willr: [-80, -20], cci: [-100, 100], adx: [25] };

export interface Overlay { name: string; pane: string; unit: Unit; points: readonly Point[] }

interface Drawn { series: ISeriesApi<'Line'>; pane: string; colour: (typeof palette)[number]; values: Map<number, number>; last: number; unit: Unit; guides: readonly IPriceLine[] }

/** The lines over the candles and in panes below them. */
export class Overlays {
  readonly #drawn = new Map<string, Drawn>();

  /** Those of the instrument's prices. */
  decimals: number | undefined;

  constructor(readonly chart: IChartApi) {}

  show(overlays: readonly Overlay[]): void {
    const wanted = new Set(overlays.map(overlay => overlay.name));
    for (const [name, drawn] of this.#drawn) {
      if (wanted.has(name)) continue;
      this.chart.removeSeries(drawn.series); // an empty pane goes with its last line
      this.#drawn.delete(name);
    }
    for (const overlay of overlays) this.#draw(overlay);
  }

  /** The newest value, as it moves with the forming bar. */
  live(name: string, at: number, value: number): void {
    const drawn = this.#drawn.get(name);
    if (!drawn || at < drawn.last || !Number.isFinite(value)) return;
    drawn.last = at;
    drawn.values.set(at, value);
    drawn.series.update({ time: (at / 1_000) as UTCTimestamp, value });
  }

  colourOf(name: string): string { return this.#drawn.get(name)?.colour ?? 'dim'; }

  /** What a line says at a bar; without a bar its newest. */
  valueAt(name: string, at: number | null): string {
    const drawn = this.#drawn.get(name);
    return drawn ? metric(drawn.values.get(at ?? drawn.last), drawn.unit, this.decimals) : '';
  }

  restyle(): void {
    for (const { series, colour: name, guides } of this.#drawn.values()) {
      series.applyOptions({ color: colour(name) });
      for (const guide of guides) guide.applyOptions({ color: colour('dim') });
    }
  }

  #draw(overlay: Overlay): void {
    const drawn = this.#drawn.get(overlay.name) ?? this.#add(overlay);
    const points = withNewer(overlay.points, drawn.values);
    drawn.values = new Map(points.map(point => [point.time, point.value]));
    drawn.last = points.at(-1)?.time ?? -Infinity;
    drawn.series.setData(points.map(point => ({ time: (point.time / 1_000) as UTCTimestamp, value: point.value })));
  }

  #add(overlay: Overlay): Drawn {
    const used = new Set([...this.#drawn.values()].map(drawn => drawn.colour));
    const free = palette.find(name => !used.has(name)) ?? palette[this.#drawn.size % palette.length]!;
    const pane = this.#paneOf(overlay.pane);
    const series = this.chart.addSeries(LineSeries, {
      color: colour(free), lineWidth: 1, priceLineVisible: false, lastValueVisible: overlay.pane !== 'price', crosshairMarkerRadius: 3,
      ...(overlay.pane === 'price' ? {} : { priceFormat: { type: 'custom', minMove: 1e-9, formatter: (value: number) => metric(value, overlay.unit, this.decimals) } as const }),
    }, pane);
    // Each line of a pane brings them, at the same place: whichever of them goes, they stay.
    const guides = (levels[overlay.pane] ?? []).map(price => series.createPriceLine({ price, color: colour('dim'), lineWidth: 1, lineStyle: LineStyle.Dashed, axisLabelVisible: false }));
    if (pane > 0) this.chart.panes()[pane]?.setHeight(paneHeight);
    const made: Drawn = { series, pane: overlay.pane, colour: free, values: new Map(), last: -Infinity, unit: overlay.unit, guides };
    this.#drawn.set(overlay.name, made);
    return made;
  }

  #paneOf(key: string): number {
    if (key === 'price') return 0;
    const beside = [...this.#drawn.values()].find(drawn => drawn.pane === key);
    return beside ? beside.series.getPane().paneIndex() : this.chart.panes().length;
  }
}
