import { useEffect, useMemo, type ReactNode } from 'react';
import type { Firing } from '../../api/types';
import type { Mark } from '../../instrument/chart/groups';
import { useChart } from '../../instrument/useChart';
import { fixed } from '../../ui/format';
import { Problem, Skeleton } from '../../ui/parts';
import { instrumentPath, Link } from '../../ui/router';
import { useSignal } from '../../ui/signal';
import { dateTime, parse } from '../../ui/time';
import '../../styles/instrument.css';

/** One firing on its candles, with the others of the same instrument. */
export function FiringChart({ firing, all, onPick }: { firing: Firing; all: readonly Firing[]; onPick: (firing: Firing) => void }): ReactNode {
  const alike = useMemo(() => all.filter(f => f.symbol === firing.symbol && f.exchange === firing.exchange), [firing.symbol, firing.exchange, all]);
  const marks = useMemo<Mark[]>(() => alike.map(f => ({ id: f.at, at: parse(f.at) ?? 0, text: '', severity: f.at === firing.at ? 'warning' : 'info', isDown: false })), [firing.at, alike]);
  const { box, chart, feed, version } = useChart(firing.exchange, firing.symbol, '1m', marks, id => { const found = alike.find(f => f.at === id); if (found) onPick(found); });
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
      <header><h2>{firing.symbol}</h2><span className="dim">{dateTime(firing.at)}</span>
        <span className="firing-legend"><span className="this-mark">▲</span> this firing{alike.length > 1 && <><span className="other-marks">▲</span> {fixed(alike.length - 1, 0)} more of {firing.symbol}</>}</span>
        <span className="spacer" /><a className="chart-maker" href="https://www.tradingview.com/" target="_blank" rel="noreferrer">Charts by TradingView</a><Link to={instrumentPath(firing.exchange, firing.symbol)} className="link">Whole chart</Link></header>
      {error && <Problem text={error} />}
      <div className="firing-box"><div ref={box} className="chart-canvas" role="img" aria-label="Candlesticks around the firing" />
        {!isReady && !error && <div className="chart-cover"><Skeleton lines={8} /></div>}
      </div>
    </section>
  );
}
