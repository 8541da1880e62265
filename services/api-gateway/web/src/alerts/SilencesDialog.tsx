import type { ReactNode } from 'react';
import { remove } from '../api/http';
import { messageOf } from '../api/problem';
import { useResource } from '../api/resource';
import type { Silence } from '../api/types';
import { ruleTitle } from '../rules/ruleNames';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { Empty, Problem } from '../ui/parts';
import { dateTime, duration, parse } from '../ui/time';
import { toast } from '../ui/toast';
import { useNow } from '../ui/useNow';

/** What is kept still at the moment, and what will be. */
export function SilencesDialog({ mayAct, onClose }: { mayAct: boolean; onClose: () => void }): ReactNode {
  const { data, error, reload } = useResource<Silence[] | { items: Silence[] }>('/api/v1/silences', 30_000);
  const now = useNow(10_000);
  const all = Array.isArray(data) ? data : data?.items ?? [];
  const open = all.filter(silence => (parse(silence.ends_at) ?? 0) > now);
  const end = async (silence: Silence): Promise<void> => {
    try {
      await remove(`/api/v1/silences/${silence.id}`);
      reload();
    } catch (e) {
      toast(messageOf(e), 'error');
    }
  };
  return (
    <Dialog title="Silences" onClose={onClose} footer={<button type="button" className="button primary" onClick={onClose}>Close</button>}>
      {error && <Problem text={error} retry={reload} />}
      {data && open.length === 0 && <Empty icon="mute" title="Nothing is silenced">Press the loudspeaker of an alert to keep alerts like it still for a while.</Empty>}
      <ul className="silences" aria-label="Silences">
      {open.map(silence => (
        <li key={silence.id} title={`${silence.reason || 'No reason given'} · until ${dateTime(silence.ends_at)}${silence.created_by ? ` · by ${silence.created_by}` : ''}`}>
          <Icon name="mute" size={13} />
          <span>{wordsOf(silence)}</span>
          <small>{(parse(silence.starts_at) ?? 0) > now ? `from ${dateTime(silence.starts_at)}` : `${duration(((parse(silence.ends_at) ?? 0) - now) / 1_000)} left`}</small>
          {mayAct && <button type="button" className="chip-end" aria-label={`End the silence of ${wordsOf(silence)}`} title="End it" onClick={() => void end(silence)}><Icon name="close" size={12} /></button>}
        </li>
      ))}
      </ul>
    </Dialog>
  );
}

const wordsOf = ({ matchers }: Silence): string =>
  Object.entries(matchers).filter(([, value]) => value).map(([name, value]) => (name === 'rule_id' ? ruleTitle(String(value)) : String(value))).join(' · ');
