import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useResource } from '../api/resource';
import type { Alert, Frame } from '../api/types';
import { useCatalogue } from '../expression/useLanguage';
import { screenerAddress } from '../screener/place';
import { watch } from '../screener/watch';
import { useHotkeys } from '../ui/hotkeys';
import { Icon } from '../ui/Icon';
import { Problem, Segments, Skeleton } from '../ui/parts';
import { navigate } from '../ui/router';
import { settings } from '../ui/settings';
import { useSignal } from '../ui/signal';
import { parse } from '../ui/time';
import { isTimeframe, timeframes, type Timeframe } from './bars';
import { IndicatorDialog } from './IndicatorDialog';
import { InstrumentAlerts } from './InstrumentAlerts';
import { InstrumentHeader } from './InstrumentHeader';
import { Legend } from './Legend';
import { MetricsPanel } from './MetricsPanel';
import { retime } from './overlays';
import { isOwn } from './studies';
import { useChart } from './useChart';
import { marksOf, useInstrumentAlerts } from './useInstrumentAlerts';
import { useOverlays } from './useOverlays';
import '../styles/instrument.css';

const options = timeframes.map(t => [t, t] as const);

export default function InstrumentPage({ exchange, symbol }: { exchange: string; symbol: string }): ReactNode {
  const chosen = useSignal(settings);
  const timeframe: Timeframe = isTimeframe(chosen.timeframe) ? chosen.timeframe : '5m';
  const catalogue = useCatalogue();
  const known = useMemo(() => new Set(catalogue.map(m => m.name)), [catalogue]);
  const names = useMemo(() => (known.size === 0 ? [] : chosen.indicators.filter(name => known.has(name) || isOwn(name))), [chosen.indicators, known]);
  const { data: frame, error: frameError } = useResource<Frame>(`/api/v1/metrics/${encodeURIComponent(exchange)}/${encodeURIComponent(symbol)}`, 2_000);
  const list = useInstrumentAlerts(exchange, symbol);
  const marks = useMemo(() => marksOf(list.alerts), [list.alerts]);
  const [picked, setPicked] = useState<string | null>(null);
  const [tab, setTab] = useState<'metrics' | 'alerts'>('metrics');
  const [isChoosing, setChoosing] = useState(false);

  const live = useChart(exchange, symbol, timeframe, marks, id => { setPicked(id); setTab('alerts'); });
  const overlayError = useOverlays(live, names, catalogue, frame);
  const isReady = useSignal(live.feed.isReady);
  const error = useSignal(live.feed.error);
  useEffect(() => { document.title = `${symbol} · CryptoScreener`; }, [symbol]);

  const toggle = useCallback((name: string) => {
    const { indicators } = settings.current;
    settings.change({ indicators: indicators.includes(name) ? indicators.filter(n => n !== name) : [...indicators, name] });
  }, []);
  const turn = useCallback((to: Timeframe) => {
    settings.change({ timeframe: to, indicators: [...new Set(settings.current.indicators.map(name => retime(name, timeframe, to, known)))] });
  }, [timeframe, known]);
  const show = (alert: Alert): void => { setPicked(alert.id); live.chart?.show(parse(alert.timestamp) ?? 0); };

  useHotkeys({
    ...Object.fromEntries(timeframes.map((t, i) => [String(i + 1), () => turn(t)])),
    w: () => watch(`${exchange}:${symbol}`), i: () => setChoosing(true), Backspace: () => navigate(screenerAddress()),
  });

  return (
    <div className="instrument">
      <InstrumentHeader exchange={exchange} symbol={symbol} frame={frame} last={live.feed.last} />
      <section className="chart-panel" aria-label={`Chart of ${symbol}`}>
        <div className="chart-tools">
          <Segments label="Timeframe" value={timeframe} options={options} onChange={turn} />
          <button type="button" className="button small ghost" onClick={() => setChoosing(true)}><Icon name="plus" size={14} />Indicators</button>
          <span className="spacer" />
          <a className="chart-maker" href="https://www.tradingview.com/" target="_blank" rel="noreferrer">Charts by TradingView</a>
          <button type="button" className="icon-button" aria-label="To the newest bar" title="To the newest bar" onClick={() => live.chart?.chart.timeScale().scrollToRealTime()}><Icon name="down" size={16} /></button>
        </div>
        {(error ?? overlayError) && <Problem text={(error ?? overlayError)!} />}
        <div className="chart-box">
          <div ref={live.box} className="chart-canvas" role="img" aria-label={`Candlesticks of ${symbol}, ${timeframe}; the newest numbers stand in the legend and the metrics beside it`} />
          <Legend live={live} names={names} onRemove={toggle} />
          {!isReady && !error && <div className="chart-cover"><Skeleton lines={12} /></div>}
        </div>
      </section>
      <aside className="instrument-side">
        <header><Segments label="Beside the chart" value={tab} onChange={setTab} options={[['metrics', 'Metrics'], ['alerts', `Alerts ${marks.length > 0 ? marks.length : ''}`]]} /></header>
        {frameError && <Problem text={frameError} />}
        {tab === 'metrics' ? <MetricsPanel frame={frame} catalogue={catalogue} chosen={chosen.indicators} onToggle={toggle} />
          : <InstrumentAlerts list={list} picked={picked} onPick={show} />}
      </aside>
      {isChoosing && <IndicatorDialog catalogue={catalogue} chosen={chosen.indicators} timeframe={timeframe} onToggle={toggle} onClose={() => setChoosing(false)} />}
    </div>
  );
}
