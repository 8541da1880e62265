import { useRef, useState, type ReactNode } from 'react';
import { useSession } from '../../account/session';
import { serverNow } from '../../api/serverTime';
import type { Firing, Rule } from '../../api/types';
import { Expression } from '../../expression/Highlight';
import { Icon } from '../../ui/Icon';
import { Empty, Field, Problem, Segments } from '../../ui/parts';
import { listOf } from '../draft';
import { FiringChart } from './FiringChart';
import { FiringTable } from './FiringTable';
import { horizonsOf } from './horizons';
import { ReturnTable } from './ReturnTable';
import { useReplay } from './useReplay';

const spans = [['3600', '1 hour'], ['21600', '6 hours'], ['86400', '1 day'], ['604800', '7 days'], ['2592000', '30 days']] as const;

/** What a rule would have done over stored history, and what the price did next. */
export function ReplayView({ rule }: { rule: Rule }): ReactNode {
  const { may } = useSession();
  const [span, setSpan] = useState<(typeof spans)[number][0]>('86400');
  const [symbols, setSymbols] = useState('');
  const [picked, setPicked] = useState<Firing | null>(null);
  const chart = useRef<HTMLDivElement>(null);
  const { replay, error, isRunning, isAsking, start, cancel } = useReplay();
  const result = replay?.result?.rules[0];
  const shown = picked ?? result?.firings[0]; // of the first instrument that fired, until another is chosen

  const pick = (firing: Firing): void => {
    setPicked(firing);
    chart.current?.scrollIntoView({ block: 'nearest' }); // whoever presses a row far below wants to see it
  };
  const run = (): void => {
    const now = serverNow();
    setPicked(null);
    start({ rules: [rule.id], from: new Date(now - Number(span) * 1_000).toISOString(), to: new Date(now).toISOString(), ...(symbols.trim() === '' ? {} : { symbols: listOf(symbols.toUpperCase()) }) });
  };

  return (
    <div className="replay">
      <section className="panel replay-ask" aria-label="What to replay">
        <Expression text={rule.expression.replace(/\s+/g, ' ')} />
        <div className="replay-controls">
          <div className="field"><span className="field-label">Over the last</span><Segments label="Over the last" value={span} options={spans} onChange={setSpan} /></div>
          <Field label="Symbols"><input value={symbols} placeholder="all of the rule’s" onChange={event => setSymbols(event.target.value)} /></Field>
          {isRunning ? <button type="button" className="button" onClick={cancel}>Stop</button>
            : <button type="button" className="button primary" disabled={!may('trader') || isAsking} onClick={run}><Icon name="play" size={14} />Replay</button>}
        </div>
        {!may('trader') && <p className="dim">Sign in as a trader to replay rules.</p>}
        {isRunning && <div className="progress" role="progressbar" aria-label="Replaying" aria-valuenow={Math.round((replay?.progress ?? 0) * 100)} aria-valuemin={0} aria-valuemax={100}><progress value={replay?.progress ?? 0} max={1} /><span className="num">{Math.round((replay?.progress ?? 0) * 100)} %</span></div>}
      </section>
      {(error ?? replay?.error) && <Problem text={(error ?? replay?.error)!} />}
      {replay?.state === 'cancelled' && <p className="dim">Stopped.</p>}
      {!replay && !error && <Empty icon="history" title="Ask the past">The same code that runs the rule live runs it over stored candles: every firing, and what the price did five minutes to a day later, against firing at random.</Empty>}
      {result && result.firings_total === 0 && <Empty icon="history" title="It would not have fired">Try a longer time, or a looser condition.</Empty>}
      {result && result.firings_total > 0 && (
        <>
          <ReturnTable summary={result.summary} total={result.firings_total} approximate={result.approximate} />
          {shown && <div ref={chart}><FiringChart firing={shown} all={result.firings} onPick={setPicked} /></div>}
          {shown && <FiringTable firings={result.firings} horizons={horizonsOf(result.summary)} total={result.firings_total} picked={shown} onPick={pick} />}
        </>
      )}
    </div>
  );
}
