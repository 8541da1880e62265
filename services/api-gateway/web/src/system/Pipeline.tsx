import type { ReactNode } from 'react';
import type { ServiceStatus } from '../api/types';
import { fixed, none } from '../ui/format';
import { TableBox } from '../ui/parts';
import { lagsOf, stagesOf } from './plot';

const manyWaiting = 1_000;

/** Where the time between the exchange and the reader goes. A logarithmic bar: stages span microseconds to seconds. */
export function Pipeline({ stages, services }: { stages: Record<string, number>; services: readonly ServiceStatus[] }): ReactNode {
  const rows = stagesOf(stages);
  const lags = lagsOf(services);
  return (
    <div className="pipeline">
      {rows.length === 0 ? <p className="quiet pad">No stage was passed in the last seconds.</p> : (
        <TableBox label="Latency by stage"><table className="table dense">
          <thead><tr><th>Stage</th><th className="num">p50</th><th className="num">p95</th><th className="num">p99</th><th>p99, 0.01 ms to 10 s <small>logarithmic</small></th></tr></thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.stage}>
                <td>{row.stage.replaceAll('_', ' ')}</td><td className="num soft">{ms(row.p50)}</td><td className="num soft">{ms(row.p95)}</td><td className="num"><b>{ms(row.p99)}</b></td>
                <td><svg className="meter" width="130" height="6" aria-hidden="true"><rect className="ground" width="130" height="6" rx="3" /><rect className="part" width={130 * logShare(row.p99 ?? 0)} height="6" rx="3" /></svg></td>
              </tr>
            ))}
          </tbody>
        </table></TableBox>
      )}
      {lags.length > 0 && (
        <TableBox label="Messages that wait"><table className="table dense">
          <thead><tr><th>Consumer</th><th>Stream</th><th className="num">Waiting</th></tr></thead>
          <tbody>
            {lags.map((lag, i) => <tr key={i}><td>{lag.service}</td><td><code>{lag.stream}</code></td><td className={`num ${lag.messages > manyWaiting ? 'down' : ''}`}>{fixed(lag.messages, 0)}</td></tr>)}
          </tbody>
        </table></TableBox>
      )}
    </div>
  );
}

const ms = (value: number | null): string => (value === null ? none : value >= 1_000 ? `${fixed(value / 1_000, 2)} s` : `${fixed(value, value < 10 ? 2 : 0)} ms`);

/** 0.01 ms is nothing, 10 s is all. */
const logShare = (value: number): number => Math.min(1, Math.max(0.01, (Math.log10(Math.max(value, 0.01)) + 2) / 6));
