import type { ReactNode } from 'react';
import { useResource } from '../api/resource';
import type { Completion } from '../api/types';
import { Expression } from '../expression/Highlight';
import { Dialog } from '../ui/Dialog';
import { Problem, Skeleton } from '../ui/parts';

const examples = [
  ['rsi(14,1h) < 30 and volume_ratio(15m) > 2', 'Oversold in the hour, on twice the usual volume'],
  ['price crosses_above 70000', 'The moment a level breaks'],
  ['crosses_above(ema(9,5m), ema(21,5m))', 'Two averages cross'],
  ['price within 1% of high(1d)', 'Close to the day’s high'],
  ['change(5m) > 2 for 3m', 'Holds for three minutes first'],
] as const;

/** The rule language on one page, by the words of the gateway that reads it. */
export function LanguageHelp({ onClose }: { onClose: () => void }): ReactNode {
  const { data, error } = useResource<Completion>('/api/v1/rules/completion');
  return (
    <Dialog title="Syntax help" size="wide" onClose={onClose} footer={<button type="button" className="button primary" onClick={onClose}>Close</button>}>
      <section><h3>Examples</h3>
        <dl className="language">{examples.map(([text, meaning]) => <div key={text}><dt><Expression text={text} /></dt><dd>{meaning}</dd></div>)}</dl>
      </section>
      {error && <Problem text={error} />}
      {!data ? !error && <Skeleton lines={6} /> : (
        <>
          <section><h3>Functions</h3>
            <dl className="language">{data.functions.map(f => <div key={f.name}><dt><code>{f.signature}</code></dt><dd>{f.help}</dd></div>)}</dl>
          </section>
          <section><h3>Words</h3>
            <dl className="language">{data.keywords.map(k => (typeof k === 'string' ? <div key={k}><dt><code>{k}</code></dt></div> : <div key={k.name}><dt><code>{k.name}</code></dt><dd>{k.help}</dd></div>))}</dl>
          </section>
          <p className="dim">Every metric of the catalogue is a name: {data.metrics.length} of them. Numbers may end in k, M, B or %; timeframes are {data.timeframes.join(', ')}.</p>
        </>
      )}
    </Dialog>
  );
}
