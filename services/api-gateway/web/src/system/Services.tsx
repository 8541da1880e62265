import type { ReactNode } from 'react';
import type { ServiceStatus, WorkerLoad } from '../api/types';
import { none } from '../ui/format';
import { Badge, Skeleton, TableBox } from '../ui/parts';
import { ago } from '../ui/time';
import { useNow } from '../ui/useNow';

const megabytes = (bytes: number | null | undefined): string => (bytes ? `${Math.round(bytes / 1_048_576)} MB` : none);

export function Services({ services, loads }: { services: readonly ServiceStatus[] | null; loads: readonly WorkerLoad[] }): ReactNode {
  const now = useNow(1_000);
  if (!services) return <Skeleton lines={4} />;
  return (
    <TableBox label="Table of workers">
      <table className="table dense">
        <thead><tr><th>Worker</th><th>State</th><th className="num">CPU</th><th className="num">Memory</th><th>Needs</th><th>Heard</th><th>Version</th></tr></thead>
        <tbody>
          {services.map(s => {
            const load = loads.find(l => l.service === s.service && l.instance === s.instance);
            const wrong = Object.entries(s.checks ?? {}).filter(([, state]) => state !== 'ok');
            return (
              <tr key={`${s.service}${s.instance}`}>
                <td><b>{s.service}</b> <small>{s.instance}</small></td>
                <td><Badge kind={!s.alive ? 'critical' : s.ready ? 'ok' : 'warning'}>{!s.alive ? 'silent' : s.ready ? 'ready' : 'not ready'}</Badge></td>
                <td className="num">{load?.cpu_percent === null || load?.cpu_percent === undefined ? none : `${Math.round(load.cpu_percent)} %`}</td><td className="num">{megabytes(load?.memory_bytes)}</td>
                <td className="soft">{wrong.length === 0 ? Object.keys(s.checks ?? {}).join(', ') || none : wrong.map(([name, state]) => `${name}: ${state}`).join('; ')}</td>
                <td className="dim">{ago(s.heard_at, now)}</td><td className="dim">{s.version}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </TableBox>
  );
}
