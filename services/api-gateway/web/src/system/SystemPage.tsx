import { useEffect, useState, type ReactNode } from 'react';
import { useResource } from '../api/resource';
import type { ExchangeStatus, ExecutiveSummary, Info, OperationsOverview, PerformanceNow, ServiceStatus } from '../api/types';
import { socket } from '../live/socket';
import { Problem, Segments, Skeleton } from '../ui/parts';
import { Correlations } from './Correlations';
import { Exchanges } from './Exchanges';
import { Objectives } from './Objectives';
import { Performance, spans, type Span } from './Performance';
import { Pipeline } from './Pipeline';
import { Services } from './Services';
import { SummaryCards } from './SummaryCards';
import '../styles/system.css';

export default function SystemPage(): ReactNode {
  const { data: info } = useResource<Info>('/api/v1/info');
  const { data: summary, error, reload } = useResource<ExecutiveSummary>('/api/executive-summary', 5_000);
  const { data: overview } = useResource<OperationsOverview>('/api/operations-overview', 5_000);
  const { data: now } = useResource<PerformanceNow>('/api/performance-metrics', 5_000);
  const [span, setSpan] = useState<Span>('60');
  const exchanges = useFollowed<ExchangeStatus>('feed', 'exchanges', '/api/v1/exchanges');
  const services = useFollowed<ServiceStatus>('status', 'services', '/api/v1/services');

  return (
    <div className="page system-page">
      <div className="page-head"><h1>System</h1><span className="spacer" />{info && <span className="dim">version {info.version}</span>}<a className="link" href="#correlation">Correlation</a><a className="link" href="/docs" target="_blank" rel="noreferrer">API</a></div>
      {error && <Problem text={error} retry={reload} />}
      {!summary ? !error && <Skeleton lines={4} /> : <SummaryCards summary={summary} findings={overview?.findings ?? null} />}
      <section className="panel" aria-label="Exchanges"><header><h2>Exchanges</h2></header><Exchanges exchanges={exchanges} /></section>
      <section className="panel" aria-label="Performance"><header><h2>Performance</h2><span className="spacer" /><Segments label="Time span" value={span} options={spans} onChange={setSpan} /></header><Performance minutes={span} /></section>
      <div className="two-up">
        <section className="panel" aria-label="Pipeline"><header><h2>Pipeline</h2><span className="dim">latency by stage, last five seconds</span></header><Pipeline stages={now?.stages_ms ?? {}} services={services ?? []} /></section>
        <section className="panel" aria-label="Objectives"><header><h2>Objectives</h2></header><Objectives objectives={summary?.objectives ?? []} />
          {overview && overview.capacity.some(c => c.recommendation) && <ul className="advice">{overview.capacity.filter(c => c.recommendation).map(c => <li key={c.resource}>{c.recommendation}</li>)}</ul>}
        </section>
      </div>
      <section className="panel" aria-label="Workers"><header><h2>Workers</h2></header><Services services={services} loads={now?.workers ?? []} /></section>
      <Correlations />
    </div>
  );
}

/** A list that a channel of the socket keeps current, and the same by asking while there is none. */
function useFollowed<T>(channel: string, field: string, path: string): readonly T[] | null {
  const [live, setLive] = useState<readonly T[] | null>(null);
  const { data } = useResource<T[]>(path, 5_000);
  useEffect(() => {
    const take = (message: Record<string, unknown>): void => { if (Array.isArray(message[field])) setLive(message[field] as T[]); };
    const leave = socket.subscribe(channel, {}, { snapshot: take, update: take });
    const watch = socket.state.subscribe(() => { if (socket.state.current !== 'open') setLive(null); });
    return () => { leave(); watch(); };
  }, [channel, field]);
  return live ?? data;
}
