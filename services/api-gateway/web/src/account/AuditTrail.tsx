import { useState, type ReactNode } from 'react';
import { get } from '../api/http';
import { messageOf } from '../api/problem';
import { useResource } from '../api/resource';
import type { AuditEntry, Page } from '../api/types';
import { useBusy } from '../ui/busy';
import { Problem, TableBox } from '../ui/parts';
import { dateTimeSeconds } from '../ui/time';
import { toast } from '../ui/toast';

export function AuditTrail(): ReactNode {
  const { data, error, reload } = useResource<Page<AuditEntry>>('/api/v1/audit?limit=30');
  const [older, setOlder] = useState<Page<AuditEntry> | null>(null);
  const next = older ? older.next : data?.next ?? null;
  const [, run] = useBusy();
  const more = (): Promise<void> => get<Page<AuditEntry>>(`/api/v1/audit?limit=100&cursor=${encodeURIComponent(next!)}`)
    .then(page => setOlder(old => ({ items: [...(old?.items ?? []), ...page.items], next: page.next })), e => toast(messageOf(e), 'error'));
  return (
    <section className="panel" aria-label="Audit trail">
      <header><h2>Audit trail</h2><span className="dim">who changed what</span></header>
      {error && <Problem text={error} retry={reload} />}
      <TableBox label="Changes">
        <table className="table dense stacked">
          <thead><tr><th>When</th><th>Who</th><th>What</th><th>Of</th></tr></thead>
          <tbody>{[...(data?.items ?? []), ...(older?.items ?? [])].map((entry, i) => <tr key={i}><td className="moment">{dateTimeSeconds(entry.at)}</td><td data-label="Who">{entry.actor}</td><td data-label="What">{entry.action.replaceAll('_', ' ').replace('.', ' ')}</td><td data-label="Of">{nameIn(entry) && <b>{nameIn(entry)} </b>}<code className="dim">{entry.target}</code></td></tr>)}</tbody>
        </table>
      </TableBox>
      {next !== null && <button type="button" className="button ghost more-rows" onClick={() => void run(more)}>Show older</button>}
    </section>
  );
}

/** What was changed has a name more often than not, now or before: an id alone says little. */
function nameIn({ details }: AuditEntry): string | null {
  const found = details?.after?.name ?? details?.before?.name;
  return typeof found === 'string' && found !== '' ? found : null;
}
