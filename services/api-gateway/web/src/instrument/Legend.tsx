import { useEffect, useState, type ReactNode } from 'react';
import type { CandleRow } from '../api/types';
import { instruments } from '../live/instruments';
import { compact, percent, priceOf } from '../ui/format';
import { Icon } from '../ui/Icon';
import { useSignal } from '../ui/signal';
import { dateTime } from '../ui/time';
import { reachOf } from './studies';
import type { LiveChart } from './useChart';

/** What the bar under the crosshair says; without one, the newest. */
export function Legend({ live, names, onRemove }: { live: LiveChart; names: readonly string[]; onRemove: (name: string) => void }): ReactNode {
  const at = useSignal(live.hovered);
  const last = useSignal(live.feed.last);
  useSignal(live.version);
  useSignal(instruments.all); // with the decimals of its prices
  const row = at === null ? last : find(live.feed.rows, at);
  const say = (value: number): string => priceOf(value, live.feed.exchange, live.feed.symbol);
  const tone = row && row[4] < row[1] ? 'down' : 'up';
  const overlays = live.chart?.overlays;
  const [, redraw] = useState(0);
  useEffect(() => redraw(n => n + 1), [names]); // the lines are drawn after this was painted

  return (
    <div className="legend">
      {row && (
        <div className="legend-bar" aria-hidden="true">
          {at !== null && <span className="dim">{dateTime(row[0])}</span>}
          <span className="inner"><Part name="O" text={say(row[1])} tone={tone} /><Part name="H" text={say(row[2])} tone={tone} />
          <Part name="L" text={say(row[3])} tone={tone} /></span><Part name="C" text={say(row[4])} tone={tone} />
          <span className={tone}>{percent((row[4] / row[1] - 1) * 100)}</span>
          <Part name="Vol" text={compact(row[6])} tone="soft" />
        </div>
      )}
      <ul>
        {names.map(name => (
          <li key={name}>
            <i className={`swatch ${overlays?.colourOf(name) ?? 'dim'}`} aria-hidden="true" /><code>{name}</code>
            <b className="num">{overlays?.valueAt(name, at)}</b>{reachOf(name, live.feed.timeframe) && <small title="Metrics are stored for two days; averages, bands and RSI of the chart's timeframe are made of its bars">{reachOf(name, live.feed.timeframe)}</small>}
            <button type="button" className="legend-remove" aria-label={`Remove ${name}`} onClick={() => onRemove(name)}><Icon name="close" size={11} /></button>
          </li>
        ))}
      </ul>
    </div>
  );
}

const Part = ({ name, text, tone }: { name: string; text: string; tone: string }): ReactNode =>
  <span><span className="dim">{name}</span> <span className={tone}>{text}</span></span>;

const find = (rows: readonly CandleRow[], at: number): CandleRow | null => rows.findLast(row => row[0] === at) ?? null;
