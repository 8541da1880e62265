import type { ReactNode } from 'react';
import { post } from '../api/http';
import { messageOf } from '../api/problem';
import { useResource } from '../api/resource';
import type { Delivery } from '../api/types';
import { useBusy } from '../ui/busy';
import { Dialog } from '../ui/Dialog';
import { Badge, Problem, Skeleton } from '../ui/parts';
import { ruleTitle } from '../rules/ruleNames';
import { dateTime, dateTimeSeconds } from '../ui/time';
import { toast } from '../ui/toast';
import { stateWords } from './words';

/** One delivery, attempt by attempt. */
export function DeliveryDialog({ id, mayAct, onClose, onChanged }: { id: string; mayAct: boolean; onClose: () => void; onChanged: () => void }): ReactNode {
  const path = `/api/v1/deliveries/${encodeURIComponent(id)}`;
  const { data, error, reload } = useResource<Delivery>(path, 2_000);
  const [, run] = useBusy();
  const attempts = Array.isArray(data?.attempts) ? data.attempts : [];
  const again = async (): Promise<void> => {
    try {
      await post(`${path}/replay`);
      toast('It is sent again, under the same id.');
      reload();
      onChanged();
    } catch (e) {
      toast(messageOf(e), 'error');
    }
  };
  return (
    <Dialog title="Delivery" onClose={onClose}
      footer={<>{mayAct && data && data.state !== 'pending' && <button type="button" className="button" onClick={() => void run(again)}>Send again</button>}<button type="button" className="button primary" onClick={onClose}>Close</button></>}>
      {error && <Problem text={error} />}
      {!data ? !error && <Skeleton lines={4} /> : (
        <>
          <p className="delivery-facts"><Badge kind={data.state}>{stateWords[data.state]}</Badge> {data.symbol && data.rule_id && <span><b>{data.symbol}</b> {ruleTitle(data.rule_id)}</span>} <code className="dim">{data.id}</code>
            {data.state === 'pending' && data.due_at && <span className="dim">next attempt {dateTime(data.due_at)}</span>}</p>
          {attempts.length === 0 && <p className="dim">No attempt was made yet.</p>}
          <ol className="attempts">
            {attempts.map((attempt, i) => (
              <li key={i}>
                <div><b className="num">{attempt.number ?? i + 1}</b><span>{dateTimeSeconds(attempt.at)}</span><span className={attempt.error || (attempt.status ?? 0) >= 300 ? 'down' : 'up'}>{attempt.status ?? 'no answer'}</span><span className="dim">{attempt.duration_ms} ms</span></div>
                {attempt.error && attempt.error !== `answered ${attempt.status}` && <p className="field-error">{attempt.error}</p>}
                {attempt.response && <pre>{attempt.response}</pre>}
              </li>
            ))}
          </ol>
        </>
      )}
    </Dialog>
  );
}
