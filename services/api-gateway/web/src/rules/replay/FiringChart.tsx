import { useEffect, useMemo, type ReactNode } from 'react';
import type { Firing } from '../../api/types';
import type { Mark } from '../../instrument/chart/groups';
import { useChart } from '../../instrument/useChart';
import { Problem, Skeleton } from '../../ui/parts';
import { instrumentPath, Link } from '../../ui/router';
import { useSignal } from '../../ui/signal';
import { dateTime, parse } from '../../ui/time';
import '../../styles/instrument.css';

/** One firing on its candles, with the others of the same instrument. */
export function FiringChart({ firing, all }: { firing: Firing; all: readonly Firing[] }): ReactNode {
  const marks = useMemo<Mark[]>(() => all.filter(f => f.symbol === firing.symbol && f.exchange === firing.exchange)
    .map(f => ({ id: f.at, at: parse(f.at) ?? 0, text: '', severity: f.at === firing.at ? 'warning' : 'info', isDown: false })), [firing, all]);
  const { box, chart, feed, version } = useChart(firing.exchange, firing.symbol, '1m', marks);
  const round = useSignal(version);
  const error = useSignal(feed.error);
  const at = parse(firing.at) ?? 0;
  const isReady = useSignal(feed.isReady);

  useEffect(() => {
    if (!chart || feed.rows.length === 0) return;
    if (feed.rows[0]![0] > at) void feed.older(); // comes back here with more bars until the moment is among them
    else chart.show(at);
  }, [chart, feed, at, round]);

  return (
    <section className="panel firing-chart" aria-label={`Chart of ${firing.symbol} around ${dateTime(firing.at)}`}>
      <header><h2>{firing.symbol}</h2><span className="dim">{dateTime(firing.at)}</span><span className="spacer" /><a className="chart-maker" href="https://www.tradingview.com/" target="_blank" rel="noreferrer">Charts by TradingView</a><Link to={instrumentPath(firing.exchange, firing.symbol)} className="link">Whole chart</Link></header>
      {error && <Problem text={error} />}
      <div className="firing-box"><div ref={box} className="chart-canvas" role="img" aria-label="Candlesticks around the firing" />
        {!isReady && !error && <div className="chart-cover"><Skeleton lines={8} /></div>}
      </div>
    </section>
  );
}
