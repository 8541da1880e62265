import type { IChartApi } from 'lightweight-charts';
import { expect, it, vi } from 'vitest';
import { Overlays, type Overlay } from './Overlays';

let shade = 'dark';
vi.mock('lightweight-charts', () => ({ LineSeries: {}, LineStyle: { Dashed: 2 } }));
vi.mock('../../ui/theme', () => ({ colour: (name: string) => `${shade} ${name}` }));

interface Line { price: number; color: string; applyOptions: (options: { color: string }) => void }
interface Series { lines: Line[]; pane: number }

/** As much of the library as lines need. */
function fakeChart(): { chart: IChartApi; guidesIn: (pane: number) => number[]; colours: () => string[] } {
  const shown = new Set<Series>();
  const chart = {
    panes: () => Array.from({ length: Math.max(1, ...[...shown].map(series => series.pane + 1)) }, () => ({ setHeight: () => undefined })),
    addSeries: (_: unknown, __: unknown, pane: number) => {
      const series = {
        lines: [] as Line[], pane, setData: () => undefined, applyOptions: () => undefined, getPane: () => ({ paneIndex: () => pane }),
        createPriceLine: (given: { price: number; color: string }) => {
          const line: Line = { ...given, applyOptions: options => Object.assign(line, options) };
          series.lines.push(line);
          return line;
        },
      };
      shown.add(series);
      return series;
    },
    removeSeries: (series: Series) => shown.delete(series),
  };
  const lines = (pane?: number): Line[] => [...shown].filter(series => pane === undefined || series.pane === pane).flatMap(series => series.lines);
  return {
    chart: chart as unknown as IChartApi, colours: () => [...new Set(lines().map(line => line.color))],
    guidesIn: pane => [...new Set(lines(pane).map(line => line.price))].sort((a, b) => a - b),
  };
}

const line = (name: string, pane: string): Overlay => ({ name, pane, unit: 'score', points: [] });

it('the levels of a pane stay when its first line goes', () => {
  const { chart, guidesIn } = fakeChart();
  const overlays = new Overlays(chart);
  const [first, second] = [line('rsi(14,5m)', 'rsi'), line('rsi(7,5m)', 'rsi')];
  overlays.show([first, second]);
  expect(guidesIn(1)).toEqual([30, 70]);
  overlays.show([second]);
  expect(guidesIn(1)).toEqual([30, 70]);
});

it('the levels follow the theme', () => {
  const { chart, colours } = fakeChart();
  const overlays = new Overlays(chart);
  overlays.show([line('rsi(14,5m)', 'rsi')]);
  shade = 'light';
  overlays.restyle();
  expect(colours()).toEqual(['light dim']);
});
