import { useMemo, type ReactNode } from 'react';
import { useSession } from '../account/session';
import { useResource } from '../api/resource';
import type { Rule, RuleDraft } from '../api/types';
import { Icon } from '../ui/Icon';
import { Problem, Skeleton } from '../ui/parts';
import { Link, useSearch } from '../ui/router';
import { draftOf, newDraft } from './draft';
import { DraftKeeper } from './keptDraft';
import { ReplayView } from './replay/ReplayView';
import { RuleEditor } from './RuleEditor';
import { nameOf } from './RuleRow';
import { RuleStates } from './RuleStates';
import { VersionHistory } from './VersionHistory';

/** One rule: its editor, its past versions, a replay over history. */
export function RulePage({ id, part }: { id: string; part: string | null }): ReactNode {
  const isNew = id === 'new';
  const given = new URLSearchParams(useSearch());
  const copied = given.get('copy');
  const read = isNew ? copied : id;
  const { data: rule, error, reload } = useResource<Rule>(read === null ? null : `/api/v1/rules/${encodeURIComponent(read)}`);
  const first = useMemo(() => firstDraft(rule, isNew, given), [rule, isNew, given.toString()]);

  const { me } = useSession();
  const draftName = isNew ? `new?${given.toString()}` : id;
  const keeper = useMemo(() => new DraftKeeper(me.subject, draftName), [me.subject, draftName]);

  if (error) return <div className="page"><Problem text={error} retry={reload} /></div>;
  if (read !== null && !rule) return <div className="page"><Skeleton lines={10} /></div>;
  const to = `/rules/${encodeURIComponent(id)}`;
  return (
    <div className="page rule-page">
      <div className="page-head">
        <Link to="/rules" className="icon-button" aria-label="Back to the rules"><Icon name="back" /></Link>
        <h1>{isNew ? 'New rule' : nameOf(rule!)}</h1>
        {!isNew && (
          <nav className="tabs" aria-label="Parts of the rule">
            <Link to={to} aria-current={part === null ? 'page' : undefined}>Edit</Link>
            <Link to={`${to}/replay`} aria-current={part === 'replay' ? 'page' : undefined}>Replay</Link>
            <Link to={`${to}/versions`} aria-current={part === 'versions' ? 'page' : undefined}>Versions</Link>
          </nav>
        )}
        <span className="spacer" />
        {!isNew && rule && <span className="dim">version {rule.version}</span>}
      </div>
      {!isNew && rule && part === null && <RuleStates rule={rule} />}
      {part === 'replay' && rule ? <ReplayView rule={rule} />
        : part === 'versions' && rule ? <VersionHistory rule={rule} onRestored={reload} />
        : <RuleEditor key={`${me.subject}:${read}:${rule?.version}`} rule={isNew ? null : rule} first={first} keeper={keeper} onSaved={reload} />}
    </div>
  );
}

function firstDraft(rule: Rule | null, isNew: boolean, given: URLSearchParams): RuleDraft {
  if (rule) return isNew ? { ...draftOf(rule), name: `${nameOf(rule)} (copy)`, endpoints: [] } : draftOf(rule);
  const draft = newDraft(given.get('expression') ?? '');
  const [symbol, exchange] = [given.get('symbol'), given.get('exchange')];
  return { ...draft, universe: { ...draft.universe, include: symbol ? [symbol] : [], exchanges: exchange ? [exchange] : [] } };
}
