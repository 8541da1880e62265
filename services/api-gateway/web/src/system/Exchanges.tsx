import type { ReactNode } from 'react';
import type { ExchangeStatus } from '../api/types';
import { venue } from '../screener/GridRow';
import { fixed, none } from '../ui/format';
import { Badge, Skeleton, TableBox } from '../ui/parts';
import { ago } from '../ui/time';
import { useNow } from '../ui/useNow';

const optional = (value: number | null | undefined, text: (value: number) => string): string => (value === null || value === undefined ? none : text(value));

export function Exchanges({ exchanges }: { exchanges: readonly ExchangeStatus[] | null }): ReactNode {
  const now = useNow(1_000);
  if (!exchanges) return <Skeleton lines={3} />;
  if (exchanges.length === 0) return <p className="quiet pad">No collector has reported yet.</p>;
  return (
    <TableBox label="Table of exchanges">
      <table className="table dense">
        <thead><tr><th>Exchange</th><th>State</th><th className="num">Instruments</th><th className="num">Connections</th><th>Last message</th><th className="num">Staleness</th><th className="num" title="Of requests to its REST interface, not of what it streams">REST answers in</th><th className="num">Open gaps</th><th className="num">Errors</th><th className="num">Live, last hour</th></tr></thead>
        <tbody>
          {exchanges.map(e => (
            <tr key={e.exchange}>
              <td><b>{venue(e.exchange)}</b> {e.simulated && <Badge kind="simulated">simulated</Badge>}</td>
              <td><Badge kind={e.state === 'warning' ? 'warning' : e.state}>{e.state}</Badge>{e.reasons.length > 0 && <small className="reasons-line"> {e.reasons.join('; ')}</small>}</td>
              <td className="num">{fixed(e.instruments, 0)}</td><td className="num">{optional(e.connections, v => fixed(v, 0))}</td>
              <td>{ago(e.last_message_at, now)}</td><td className="num">{fixed(e.staleness_seconds, 1)} s</td>
              <td className="num">{optional(e.response_ms, v => `${fixed(v, 0)} ms`)}</td><td className={`num ${e.gaps_open ? 'down' : ''}`}>{optional(e.gaps_open, v => fixed(v, 0))}</td>
              <td className="num">{optional(e.error_rate, v => `${fixed(v * 100, 2)} %`)}</td><td className="num">{optional(e.availability, v => `${fixed(v * 100, 2)} %`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}
