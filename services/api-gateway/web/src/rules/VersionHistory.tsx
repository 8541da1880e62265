import { useState, type ReactNode } from 'react';
import { useSession } from '../account/session';
import { put } from '../api/http';
import { messageOf } from '../api/problem';
import { useResource } from '../api/resource';
import type { Endpoint, Rule, RuleVersion } from '../api/types';
import { Expression } from '../expression/Highlight';
import { useBusy } from '../ui/busy';
import { Badge, Problem, Skeleton } from '../ui/parts';
import { dateTime } from '../ui/time';
import { toast } from '../ui/toast';
import { changesOf } from './changes';
import { draftOf } from './draft';

export function VersionHistory({ rule, onRestored }: { rule: Rule; onRestored: () => void }): ReactNode {
  const { me, may } = useSession();
  const { data, error, reload } = useResource<RuleVersion[]>(`/api/v1/rules/${encodeURIComponent(rule.id)}/versions`);
  const { data: endpoints } = useResource<Endpoint[]>(me.anonymous ? null : '/api/v1/endpoints');
  const names = new Map((endpoints ?? []).map(endpoint => [endpoint.id, endpoint.name]));
  const [problem, setProblem] = useState<string | null>(null);
  const [isRestoring, run] = useBusy();
  const mayEdit = me.role === 'admin' || (may('trader') && rule.owner === me.subject);

  const restore = async (version: RuleVersion): Promise<void> => {
    try {
      await put(`/api/v1/rules/${encodeURIComponent(rule.id)}`, draftOf(version.definition), rule.version);
      toast(`Version ${version.version} is back, as version ${rule.version + 1}.`);
      onRestored();
      reload();
    } catch (e) {
      setProblem(messageOf(e));
    }
  };

  if (!data) return error ? <Problem text={error} retry={reload} /> : <Skeleton />;
  return (
    <>
      {problem && <Problem text={problem} />}
      <ol className="panel versions" aria-label="Versions, the newest first">
        {data.map((version, i) => (
          <li key={version.version}>
            <div className="version-head">
              <b>Version {version.version}</b>{version.version === rule.version && <Badge kind="ok">current</Badge>}
              <span className="dim">{dateTime(version.changed_at)}{version.changed_by ? ` · ${version.changed_by}` : ''}</span>
              <span className="spacer" />
              {version.version !== rule.version && mayEdit && <button type="button" className="button small" disabled={isRestoring} onClick={() => void run(() => restore(version))}>Restore</button>}
            </div>
            <Expression text={version.definition.expression ?? ''} />
            <Changes now={version.definition} before={data[i + 1]?.definition} names={names} />
          </li>
        ))}
      </ol>
    </>
  );
}

/** What it changed of the version before: each value as it was and as it became. */
function Changes({ now, before, names }: { now: Partial<Rule>; before: Partial<Rule> | undefined; names: ReadonlyMap<string, string> }): ReactNode {
  if (!before) return <small>First version</small>;
  const changes = changesOf(now, before, id => names.get(id) ?? id);
  if (changes.length === 0) return <small>Nothing changed</small>;
  return (
    <dl className="changes">
      {changes.map(({ part, before: was, after: is }) => (
        <div key={part}><dt>{part}</dt><dd>
          {part === 'Condition' ? <><del><Expression text={was} /></del><span className="arrow" aria-hidden="true">→</span><ins><Expression text={is} /></ins></>
            : <><del>{was}</del><span className="arrow" aria-hidden="true">→</span><ins>{is}</ins></>}
        </dd></div>
      ))}
    </dl>
  );
}
