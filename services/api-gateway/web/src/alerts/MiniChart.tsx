import type { ReactNode } from 'react';
import { query } from '../api/http';
import { useResource } from '../api/resource';
import type { Alert, CandlePage, CandleRow } from '../api/types';
import { parse } from '../ui/time';

const minute = 60_000;
const before = 60;
const after = 30;
const [width, height] = [360, 96];

/** The hour before an alert and the half hour after it, drawn without a library: there may be many on the page. */
export function MiniChart({ alert }: { alert: Alert }): ReactNode {
  const at = parse(alert.timestamp) ?? 0;
  const from = Math.floor(at / minute) * minute - before * minute;
  const path = `/api/v1/candles/${encodeURIComponent(alert.exchange)}/${encodeURIComponent(alert.symbol)}${query({ timeframe: '1m', from, to: from + (before + after) * minute, limit: before + after + 1 })}`;
  const { data, error } = useResource<CandlePage>(path);
  if (error) return <p className="mini-chart quiet">{error}</p>;
  if (!data) return <div className="mini-chart" aria-busy="true" />;
  if (data.items.length < 2) return <p className="mini-chart quiet">No candles are stored for that time.</p>;
  return <Candles rows={data.items} from={from} at={at} price={alert.price} />;
}

function Candles({ rows, from, at, price }: { rows: readonly CandleRow[]; from: number; at: number; price: number }): ReactNode {
  const low = Math.min(...rows.map(row => row[3]), price);
  const high = Math.max(...rows.map(row => row[2]), price);
  const step = width / (before + after + 1);
  const x = (time: number): number => ((time - from) / minute + 0.5) * step;
  const y = (value: number): number => 4 + (high === low ? 0.5 : (high - value) / (high - low)) * (height - 8);
  const fired = x(Math.floor(at / minute) * minute);
  return (
    <svg className="mini-chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label="The price an hour before and half an hour after the alert">
      <line className="mini-level" x1="0" x2={width} y1={y(price)} y2={y(price)} />
      <line className="mini-moment" x1={fired} x2={fired} y1="0" y2={height} />
      {rows.map(([time, open, top, bottom, close]) => (
        <g key={time} className={close < open ? 'down' : 'up'}>
          <line x1={x(time)} x2={x(time)} y1={y(top)} y2={y(bottom)} />
          <rect x={x(time) - step * 0.36} width={step * 0.72} y={y(Math.max(open, close))} height={Math.max(0.8, Math.abs(y(open) - y(close)))} />
        </g>
      ))}
      <circle cx={fired} cy={y(price)} r="3" />
    </svg>
  );
}
