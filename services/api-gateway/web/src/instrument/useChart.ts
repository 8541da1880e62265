import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { instruments } from '../live/instruments';
import { settings } from '../ui/settings';
import { precisionOf } from '../ui/precision';
import { Signal, useSignal } from '../ui/signal';
import { theme } from '../ui/theme';
import { BarFeed } from './BarFeed';
import type { Mark } from './chart/groups';
import { PriceChart } from './chart/PriceChart';

export interface LiveChart { box: RefObject<HTMLDivElement | null>; chart: PriceChart | null; feed: BarFeed; hovered: Signal<number | null>; version: Signal<number> }

/** A chart of one instrument and timeframe in a box, kept current until it leaves the page. */
export function useChart(exchange: string, symbol: string, timeframe: string, marks: readonly Mark[], onPick?: (id: string) => void): LiveChart {
  const box = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  const feed = useMemo(() => new BarFeed(exchange, symbol, timeframe), [exchange, symbol, timeframe]);
  const [hovered] = useState(() => new Signal<number | null>(null));
  const [version] = useState(() => new Signal(0)); // rises when bars come, not when the last one moves
  const [made, setMade] = useState<{ chart: PriceChart; of: BarFeed } | null>(null);
  // Between two timeframes the old chart is gone already while effects still run: it must not be touched.
  const chart = made?.of === feed ? made.chart : null;
  const shade = useSignal(theme);
  const { utc } = useSignal(settings);
  const listed = useSignal(instruments.all);

  useEffect(() => {
    const drawn = new PriceChart(box.current!, { hover: time => hovered.set(time), needOlder: () => void feed.older(), pick: id => pick.current?.(id) });
    const stop = feed.start({
      whole: rows => { drawn.whole(rows, precisionOf(`${exchange}:${symbol}`)); version.set(version.current + 1); },
      bar: (row, isNew) => {
        drawn.bar(row);
        if (isNew) version.set(version.current + 1);
      },
    });
    setMade({ chart: drawn, of: feed });
    return () => { stop(); drawn.dispose(); hovered.set(null); };
  }, [feed, hovered, version, exchange, symbol]);

  useEffect(() => chart?.marks(marks), [chart, marks]);
  useEffect(() => chart?.restyle(), [chart, shade, utc]);
  useEffect(() => chart?.quote(precisionOf(`${exchange}:${symbol}`)), [chart, listed, exchange, symbol]);
  return { box, chart, feed, hovered, version };
}
