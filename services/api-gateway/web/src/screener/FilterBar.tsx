import { useEffect, useState, type ReactNode, type RefObject } from 'react';
import { useSession } from '../account/session';
import { useResource } from '../api/resource';
import type { Rule } from '../api/types';
import { ErrorList } from '../expression/ErrorList';
import { ExpressionInput } from '../expression/ExpressionInput';
import { useSuggestions, useValidation } from '../expression/useLanguage';
import { Icon } from '../ui/Icon';
import { Link } from '../ui/router';
import { Demanded } from './Demanded';
import { presets } from './presets';

interface Props { filter: string; onFilter: (filter: string) => void; fieldRef: RefObject<HTMLDivElement | null> }

const settleMs = 350;

/** The filter: typed in the rule language, or picked; it takes effect as soon as it makes sense. */
export function FilterBar({ filter, onFilter, fieldRef }: Props): ReactNode {
  const [text, setText] = useState(filter);
  const { may } = useSession();
  const [isWide, setWide] = useState(false);
  const all = useSuggestions();
  const { result, problem } = useValidation(text);
  const { data: rules } = useResource<Rule[]>('/api/v1/rules?scope=builtin');
  useEffect(() => setText(typed => (typed.trim() === filter ? typed : filter)), [filter]); // a space at the end is the beginning of a word

  const trimmed = text.trim();
  const isValid = trimmed === '' || result?.valid === true;
  useEffect(() => {
    if (!isValid || trimmed === filter) return;
    const timer = setTimeout(() => onFilter(trimmed), settleMs);
    return () => clearTimeout(timer);
  }, [isValid, trimmed, filter, onFilter]);

  const offered = [...presets, ...(rules ?? []).filter(r => !/\bfor\s+\d+\w\s*$/.test(r.expression))
    .map(r => ({ name: r.name, filter: r.expression.replace(/\s+/g, ' ').trim(), hint: r.description }))];

  return (
    <div className="filter-bar">
      <div className={`filter-field ${trimmed !== '' ? 'on' : ''}`} ref={fieldRef}>
        <Icon name="filter" size={16} />
        <ExpressionInput value={text} onChange={setText} all={all} errors={result?.errors ?? []} label="Filter in the rule language"
          placeholder="Filter, for instance  rsi(14,1h) < 30 and volume_ratio(15m) > 2" onEnter={() => onFilter(trimmed)} />
        {trimmed !== '' && (
          <>
            {may('trader') && <Link to={`/rules/new?expression=${encodeURIComponent(trimmed)}`} className="button small ghost"><Icon name="alerts" size={14} />Alert me</Link>}
            <button type="button" className="icon-button" aria-label="Clear the filter" onClick={() => { setText(''); onFilter(''); }}><Icon name="close" size={15} /></button>
          </>
        )}
      </div>
      <ErrorList text={text} errors={result?.errors ?? []} onMend={setText} />
      {filter !== '' && trimmed === filter && (result?.demanded?.length ?? 0) > 0 && <Demanded filter={filter} />}
      {problem && trimmed !== '' && <p className="expression-errors" role="alert">{problem}</p>}
      <div className={`chips ${isWide ? 'all' : ''}`}><div role="group" aria-label="Preset filters">
        {offered.map(preset => (
          <button key={preset.name} type="button" className="chip" title={preset.hint} aria-pressed={preset.filter === filter}
            onClick={() => { const next = preset.filter === filter ? '' : preset.filter; setText(next); onFilter(next); }}>{preset.name}</button>
        ))}
      </div><button type="button" className="chip quiet" aria-expanded={isWide} onClick={() => setWide(!isWide)}>{isWide ? 'Fewer' : 'More'}</button></div>
    </div>
  );
}
