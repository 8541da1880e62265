import { useEffect, useState, type ReactNode } from 'react';
import { useSession } from '../account/session';
import { post, put } from '../api/http';
import { ApiError, messageOf } from '../api/problem';
import type { Rule, RuleDraft, Severity } from '../api/types';
import { ErrorList } from '../expression/ErrorList';
import { ExpressionInput } from '../expression/ExpressionInput';
import { useSuggestions, useValidation } from '../expression/useLanguage';
import { useBusy } from '../ui/busy';
import { Icon } from '../ui/Icon';
import { Field, Problem, Segments, Switch } from '../ui/parts';
import { Link, navigate } from '../ui/router';
import { toast } from '../ui/toast';
import { ChannelFields } from './ChannelFields';
import { isSame } from './draft';
import type { DraftKeeper } from './keptDraft';
import { LanguageHelp } from './LanguageHelp';
import { MatchesNow } from './MatchesNow';
import { TriggerFields } from './TriggerFields';
import { UniverseFields } from './UniverseFields';

const severities: readonly (readonly [Severity, string])[] = [['info', 'Info'], ['warning', 'Warning'], ['critical', 'Critical']];

interface Props { rule: Rule | null; first: RuleDraft; keeper: DraftKeeper; onSaved: () => void }

export function RuleEditor({ rule, first, keeper, onSaved }: Props): ReactNode {
  const { me, may } = useSession();
  const [kept, setKept] = useState(() => keeper.find());
  const [draft, setDraft] = useState(kept?.draft ?? first);
  const [undone, setUndone] = useState(0);
  const version = kept ? kept.version : rule?.version ?? null; // a draft of an older version must not undo the newer one unseen
  const isOverdue = rule !== null && version !== rule.version;
  const [errors, setErrors] = useState<Record<string, string[]>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, run] = useBusy();
  const [isHelping, setHelping] = useState(false);
  const all = useSuggestions();
  const { result, problem: checkProblem } = useValidation(draft.expression);
  const mayEdit = rule === null ? may('trader') : me.role === 'admin' || (may('trader') && rule.owner === me.subject);
  const isBegun = !isSame(draft, first);
  const isChanged = rule === null || isBegun;
  const change = (part: Partial<RuleDraft>): void => setDraft(old => ({ ...old, ...part }));
  const errorOf = (name: string): string | undefined => errors[name]?.join('; ');

  useEffect(() => {
    if (isBegun && mayEdit) keeper.keep({ draft, version });
    else keeper.forget();
  }, [keeper, draft, version, isBegun, mayEdit]);

  useEffect(() => {
    if (!isChanged || rule === null) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isChanged, rule]);

  const undo = (): void => {
    setDraft(first);
    setKept(null);
    setUndone(undone + 1);
  };

  const save = async (): Promise<void> => {
    if (!mayEdit) return;
    setErrors({});
    setProblem(null);
    try {
      if (rule === null) {
        const made = await post<Rule>('/api/v1/rules', draft);
        keeper.forget();
        toast('The rule runs within a few seconds.');
        navigate(`/rules/${encodeURIComponent(made.id)}`, true);
      } else {
        await put<Rule>(`/api/v1/rules/${encodeURIComponent(rule.id)}`, draft, version ?? rule.version);
        keeper.forget();
        toast('Saved.');
        onSaved();
      }
    } catch (e) {
      if (e instanceof ApiError) setErrors(e.errors);
      const isOutdated = e instanceof ApiError && (e.status === 409 || e.status === 412);
      setProblem(isOutdated ? 'Somebody else changed this rule meanwhile. Copy what you need; without your changes you see how it stands now.' : messageOf(e));
      if (isOutdated) onSaved();
    }
  };

  return (
    <div className="editor">
      <form className="panel editor-form" onSubmit={event => { event.preventDefault(); void run(save); }} onKeyDown={event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit(); }}>
        {!mayEdit && <p className="read-only"><Icon name="key" size={14} />{me.anonymous ? <span><Link to="/account" className="link">Sign in</Link> to write and change rules.</span> : <span>Only its owner changes this rule.{may('trader') && rule && <> <Link className="link" to={`/rules/new?copy=${rule.id}`}>Make a copy</Link> to change.</>}</span>}</p>}
        {kept && isBegun && (
          <p className="read-only"><Icon name="history" size={14} />
            <span>What you had begun is still here{isOverdue ? `; it changes version ${version}, and version ${rule.version} has been saved since` : ''}.</span>
            {isOverdue && mayEdit && <button type="button" className="link" onClick={() => setKept({ ...kept, version: rule.version })}>Apply to version {rule.version}</button>}
          </p>
        )}
        <fieldset disabled={!mayEdit} className="editor-fields">
          <Field label="Name" error={errorOf('name')}><input value={draft.name} maxLength={100} placeholder="What you will read when it fires" onChange={event => change({ name: event.target.value })} /></Field>
          <div className="field">
            <span className="field-label">Condition <button type="button" className="link" onClick={() => setHelping(true)}>Syntax help</button></span>
            <ExpressionInput value={draft.expression} onChange={expression => change({ expression })} all={all} errors={result?.errors ?? []} lines={4} label="Condition in the rule language"
              placeholder={'rsi(14,1h) < 30\nand volume_ratio(15m) > 2'} onEnter={() => void run(save)} />
            <ErrorList text={draft.expression} errors={result?.errors ?? []} onMend={expression => change({ expression })} />
            {checkProblem && <p className="field-error" role="alert">{checkProblem}</p>}
            {(result?.errors.length ?? 0) === 0 && errorOf('expression') && <p className="field-error" role="alert">{errorOf('expression')}</p>}
            <div className="under-condition">
              {result?.valid && <span className="valid"><Icon name="check" size={13} />understood</span>}
              {result?.valid && (result.demanded?.length ?? 0) > 0 && <span className="warn">{result.demanded!.join(', ')} will be computed once the rule is saved</span>}
              {result?.formatted && result.formatted !== draft.expression && mayEdit && <button type="button" className="link" onClick={() => change({ expression: result.formatted! })}>Tidy up</button>}
            </div>
          </div>
          <div className="field"><span className="field-label">Severity</span><Segments label="Severity" value={draft.severity} options={severities} onChange={severity => change({ severity })} /></div>
          <TriggerFields key={`trigger ${undone}`} trigger={draft.trigger} errorOf={errorOf} onChange={trigger => change({ trigger })} />
          <UniverseFields key={undone} universe={draft.universe} errorOf={errorOf} onChange={universe => change({ universe })} />
          <ChannelFields chosen={draft.endpoints} error={errorOf('endpoints')} onChange={endpoints => change({ endpoints })} />
          <Field label="Description" error={errorOf('description')}><textarea rows={2} value={draft.description} maxLength={2_000} onChange={event => change({ description: event.target.value })} /></Field>
        </fieldset>
        {problem && <Problem text={problem} />}
        <footer>
          <Switch label="On" checked={draft.enabled} disabled={!mayEdit} onChange={enabled => change({ enabled })} />
          <span className="spacer" />
          {isBegun && mayEdit && <button type="button" className="button ghost" onClick={undo}>Undo changes</button>}
          {mayEdit && <button type="submit" className="button primary" disabled={isSaving || !isChanged || result?.valid === false || draft.expression.trim() === ''} title="Ctrl Enter">{rule === null ? 'Create rule' : 'Save'}</button>}
        </footer>
      </form>
      {isHelping && <LanguageHelp onClose={() => setHelping(false)} />}
      <MatchesNow expression={draft.expression} universe={draft.universe} verdict={result?.valid ?? (checkProblem ? false : null)} />
    </div>
  );
}
