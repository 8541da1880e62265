import { useEffect, useMemo } from 'react';
import { query } from '../api/http';
import { useResource } from '../api/resource';
import type { Frame, Metric } from '../api/types';
import { useSignal } from '../ui/signal';
import { lengthOf } from './bars';
import { historyFrom, paneKey, pointsOf, studyPoints, unitOf, type MetricSeries } from './overlays';
import { isOwn, studyOf } from './studies';
import type { LiveChart } from './useChart';

const renewMs = 60_000;
const sinceTwoDays = (path: string): string => `${path}&from=${historyFrom(Date.now())}`;

/** Draws the chosen metrics: from the bars where they are made of them, else from the stored history; the newest value live. */
export function useOverlays({ chart, feed, version }: LiveChart, names: readonly string[], catalogue: readonly Metric[], live: Frame | null): string | null {
  const round = useSignal(version);
  const lengthMs = lengthOf(feed.timeframe);
  const metrics = useMemo(() => new Map(catalogue.map(m => [m.name, m])), [catalogue]);
  const stored = names.filter(name => !studyOf(name, feed.timeframe) && metrics.has(name)).slice(0, 20);
  const path = stored.length === 0 ? null
    : `/api/v1/metrics/${encodeURIComponent(feed.exchange)}/${encodeURIComponent(feed.symbol)}/history${query({ columns: stored.join(',') })}`;
  const { data, error } = useResource<MetricSeries>(path, renewMs, sinceTwoDays);

  useEffect(() => {
    if (!chart || catalogue.length === 0) return;
    const first = feed.rows[0]?.[0] ?? Infinity; // a line must not reach further back than its candles
    chart.overlays.show(names.filter(name => metrics.has(name) || isOwn(name)).map(name => {
      const study = studyOf(name, feed.timeframe);
      const points = study ? studyPoints(feed.rows, study(feed.rows)) : data ? pointsOf(data, name, lengthMs).filter(p => p.time >= first) : [];
      return { name, points, pane: paneKey(metrics.get(name), name), unit: unitOf(metrics.get(name), name) };
    }));
  }, [chart, feed, names, catalogue, metrics, data, round, lengthMs]);

  useEffect(() => {
    const bar = feed.rows.at(-1)?.[0];
    if (!chart || !live || bar === undefined) return;
    for (const name of names) chart.overlays.live(name, bar, live.metrics[name] ?? NaN);
  }, [chart, feed, live, names]);

  return error;
}
