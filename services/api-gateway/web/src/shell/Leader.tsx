import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import type { Frame } from '../api/types';
import { onEveryFrame } from '../live/frameLoop';
import { instruments } from '../live/instruments';
import { TableFeed } from '../live/TableFeed';
import { baseOf } from '../screener/quote';
import { percent, priceOf } from '../ui/format';
import { instrumentPath, Link } from '../ui/router';

const columns = ['price', 'change(1d)'];

/** One instrument of the top bar; followed by the socket and painted past React, as in the table, for both must say the same. */
export function Leader({ frame }: { frame: Frame }): ReactNode {
  const { exchange, symbol } = frame;
  const price = useRef<HTMLSpanElement>(null);
  const change = useRef<HTMLSpanElement>(null);
  const feed = useMemo(() => new TableFeed({ columns, filter: '', symbols: [`${exchange}:${symbol}`] }), [exchange, symbol]);
  useEffect(() => feed.start(), [feed]);
  useEffect(() => {
    let painted = 0;
    return onEveryFrame(() => {
      if (feed.table.version === painted || feed.table.count === 0 || !instruments.isSettled.current) return;
      painted = feed.table.version;
      const [now, day] = [feed.table.value(0, 0), feed.table.value(0, 1)];
      price.current!.textContent = priceOf(now, exchange, symbol);
      change.current!.textContent = percent(day);
      change.current!.className = day < 0 ? 'down' : 'up';
    });
  }, [feed, exchange, symbol]);

  return (
    <Link to={instrumentPath(exchange, symbol)} className="leader" title={`${symbol}: price, and its change within a day`}>
      <b>{baseOf(symbol)}</b><span ref={price} /><span><span ref={change} /> <small>1d</small></span>
    </Link>
  );
}
