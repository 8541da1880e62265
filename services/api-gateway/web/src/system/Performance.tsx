import { useMemo, type ReactNode } from 'react';
import { useResource } from '../api/resource';
import type { Sample } from '../api/types';
import { compact, fixed, none } from '../ui/format';
import { Problem, Skeleton } from '../ui/parts';
import { parse } from '../ui/time';
import { Plot, type Line } from './Plot';

const perSecond = (value: number | null | undefined): string => (value === null || value === undefined ? none : `${value >= 100 ? compact(value) : fixed(value, 1)}/s`);
const milliseconds = (value: number | null | undefined): string => (value === null || value === undefined ? none : value >= 1_000 ? `${fixed(value / 1_000, 2)} s` : `${fixed(value, value < 10 ? 2 : 0)} ms`);
const percents = (value: number | null | undefined): string => (value === null || value === undefined ? none : `${fixed(value, 1)} %`);
const count = (value: number | null | undefined): string => (value === null || value === undefined ? none : fixed(value, 0));

export const spans = [['60', '1 h'], ['1440', '24 h'], ['10080', '7 d'], ['43200', '30 d']] as const;
export type Span = (typeof spans)[number][0];

/** The last hour, every five seconds; of longer times minutes and more. */
export function Performance({ minutes }: { minutes: Span }): ReactNode {
  const { data, error } = useResource<Sample[]>(`/api/performance-history?duration_minutes=${minutes}`, minutes === '60' ? 5_000 : 60_000);
  const samples = useMemo(() => data ?? [], [data]);
  const times = samples.map(sample => parse(sample.timestamp) ?? 0);
  const line = (label: string, tone: Line['tone'], of: (sample: Sample) => number | null): Line => ({ label, tone, values: samples.map(sample => of(sample) ?? null) });
  if (!data) return error ? <Problem text={error} /> : <Skeleton lines={6} />;
  if (samples.length < 2) return <p className="quiet pad">{minutes === '60' ? 'The plots begin as soon as the workers have reported for some seconds.' : 'Nothing is kept of that time yet: a point is added every minute.'}</p>;
  return (
    <div className="plots">
      <Plot title="Candle updates" times={times} format={perSecond} lines={[line('candles', 'accent', s => s.candles_per_second)]} />
      <Plot title="Rules evaluated" times={times} format={perSecond} lines={[line('evaluations', 'violet', s => s.evaluations_per_second)]} />
      <Plot title="Closed candle to alert, p99" times={times} format={milliseconds} limit={1_000} lines={[line('p99', 'warn', s => s.close_to_alert_p99_ms)]} />
      <Plot title="API answers" times={times} format={milliseconds} limit={200} lines={[line('p95', 'accent', s => s.p95_ms), line('p99', 'warn', s => s.p99_ms)]} />
      <Plot title="Alerts and deliveries" times={times} format={perSecond} lines={[line('alerts', 'warn', s => s.alerts_per_second), line('sent', 'up', s => s.deliveries_per_second)]} />
      <Plot title="Messages to browsers" times={times} format={perSecond} lines={[line('messages', 'up', s => s.socket_messages_per_second)]} />
      <Plot title="Busiest worker" times={times} format={percents} limit={75} lines={[line('CPU', 'accent', s => s.cpu_percent), line('memory', 'violet', s => s.memory_percent)]} />
      <Plot title="Open sockets" times={times} format={count} lines={[line('sockets', 'accent', s => s.sockets)]} />
    </div>
  );
}
