import type { ReactNode } from 'react';
import { useSession } from '../account/session';
import type { CandleRow, Frame } from '../api/types';
import { instruments } from '../live/instruments';
import { ageText } from '../screener/age';
import { venue } from '../screener/GridRow';
import { screenerAddress } from '../screener/place';
import { baseOf, quoteOf } from '../screener/quote';
import { compact, percent, priceOf } from '../ui/format';
import { Icon } from '../ui/Icon';
import { Link } from '../ui/router';
import { settings } from '../ui/settings';
import { Signal, useSignal } from '../ui/signal';
import { currentOf } from '../ui/watchlists';
import { watch } from '../screener/watch';
import { useNow } from '../ui/useNow';

interface Props { exchange: string; symbol: string; frame: Frame | null; last: Signal<CandleRow | null> }

export function InstrumentHeader({ exchange, symbol, frame, last }: Props): ReactNode {
  const { may } = useSession();
  const list = currentOf(useSignal(settings));
  useSignal(instruments.all);
  const url = instruments.find(exchange, symbol)?.url;
  const key = `${exchange}:${symbol}`;
  const isWatched = list.keys.includes(key);
  const changes = ['5m', '15m', '1h', '8h', '1d'].map(frameName => [frameName, frame?.metrics[`change(${frameName})`]] as const).filter(([, value]) => value !== undefined);

  return (
    <header className="instrument-head">
      <Link to={screenerAddress()} className="icon-button" aria-label="Back to the screener" title="Back (Backspace)"><Icon name="back" /></Link>
      <div className="instrument-name">
        <h1>{baseOf(symbol)}<span className="quote">{quoteOf(symbol)}</span></h1>
        <span className="venue">{venue(exchange)}</span>
      </div>
      <button type="button" className="icon-button" aria-pressed={isWatched} aria-label={`Watch ${symbol}`} title={`On ${list.name} (w)`} onClick={() => watch(key)}><Icon name="star" filled={isWatched} /></button>
      <LivePrice exchange={exchange} symbol={symbol} last={last} fallback={frame?.metrics.price} />
      {frame && <Age minute={frame.minute} />}
      <dl className="instrument-facts" tabIndex={0} aria-label="Changes and volume">
        {changes.map(([name, value]) => <div key={name}><dt>{name}</dt><dd className={(value ?? 0) < 0 ? 'down' : 'up'}>{percent(value)}</dd></div>)}
        <div><dt>Volume 24 h</dt><dd>{compact(frame?.metrics['volume(1d)'])}</dd></div>
      </dl>
      <span className="spacer" />
      {may('trader') && <Link to={`/rules/new?expression=${encodeURIComponent(levelRule(frame))}&symbol=${encodeURIComponent(symbol)}&exchange=${encodeURIComponent(exchange)}`} className="button small"><Icon name="alerts" size={14} />Alert</Link>}
      {url && <a className="button small ghost" href={url} target="_blank" rel="noreferrer"><Icon name="external" size={14} />{venue(exchange)}</a>}
    </header>
  );
}

/** Nothing, unless the numbers stand still. */
function Age({ minute }: { minute: number }): ReactNode {
  const age = ageText(minute, useNow(10_000));
  return age === '' ? null : <span className="age" role="status" title="Nothing newer has arrived">{age}</span>;
}

function LivePrice({ exchange, symbol, last, fallback }: { exchange: string; symbol: string; last: Signal<CandleRow | null>; fallback: number | null | undefined }): ReactNode {
  const row = useSignal(last);
  const isSettled = useSignal(instruments.isSettled);
  const tone = row ? (row[4] < row[1] ? 'down' : 'up') : '';
  return <strong className={`live-price num ${tone}`}>{isSettled && priceOf(row?.[4] ?? fallback, exchange, symbol)}</strong>;
}

/** A level one percent up, as a beginning to edit. */
function levelRule(frame: Frame | null): string {
  const now = frame?.metrics.price;
  return now ? `price > ${Number((now * 1.01).toPrecision(5))}` : 'change(15m) > 1';
}
