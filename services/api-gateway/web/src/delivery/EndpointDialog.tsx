import { useId, useState, type ReactNode } from 'react';
import { post, put } from '../api/http';
import { ApiError, messageOf } from '../api/problem';
import type { Endpoint, EndpointKind } from '../api/types';
import { useBusy } from '../ui/busy';
import { Dialog } from '../ui/Dialog';
import { Field, Problem } from '../ui/parts';
import { kindNames, kinds } from './kinds';

const fields = ['name', 'target', 'secret'];

/** A new endpoint, or a change of one; what is left empty in a change stays as it is. */
export function EndpointDialog({ endpoint, onClose, onSaved }: { endpoint: Endpoint | null; onClose: () => void; onSaved: (made: Endpoint) => void }): ReactNode {
  const [kind, setKind] = useState<EndpointKind>(endpoint?.kind ?? 'webhook');
  const [name, setName] = useState(endpoint?.name ?? '');
  const [target, setTarget] = useState('');
  const [secret, setSecret] = useState('');
  const [errors, setErrors] = useState<Record<string, string[]>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, run] = useBusy();
  const form = useId();
  const about = kinds[kind];

  const save = async (): Promise<void> => {
    const body = { name: name.trim(), kind, ...(target.trim() === '' ? {} : { target: target.trim() }), ...(secret.trim() === '' ? {} : { secret: secret.trim() }), ...(endpoint?.options ? { options: endpoint.options } : {}) };
    try {
      onSaved(endpoint === null ? await post<Endpoint>('/api/v1/endpoints', body) : await put<Endpoint>(`/api/v1/endpoints/${encodeURIComponent(endpoint.id)}`, body));
      onClose();
    } catch (e) {
      setErrors(e instanceof ApiError ? e.errors : {});
      const wrong = e instanceof ApiError ? Object.keys(e.errors) : [];
      setProblem(wrong.length > 0 && wrong.every(name => fields.includes(name)) ? null : messageOf(e)); // said beside its field, where there is one
    }
  };

  return (
    <Dialog title={endpoint === null ? 'New endpoint' : `Change ${endpoint.name}`} size="small" onClose={onClose}
      footer={<><button type="button" className="button ghost" onClick={onClose}>Cancel</button><button type="submit" form={form} className="button primary" disabled={isSaving}>{endpoint === null ? 'Add' : 'Save'}</button></>}>
      <form id={form} className="dialog-form" onSubmit={event => { event.preventDefault(); void run(save); }}>
        {problem && <Problem text={problem} />}
        {endpoint === null && (
          <div className="kind-choice" role="group" aria-label="Kind">
            {kindNames.map(name => <button key={name} type="button" aria-pressed={kind === name} onClick={() => setKind(name)}>{kinds[name].title}</button>)}
          </div>
        )}
        <Field label="Name" error={errors.name?.[0]}><input value={name} maxLength={100} onChange={event => setName(event.target.value)} /></Field>
        {about.target && (
          <Field label={about.target} hint={endpoint ? `Now ${endpoint.target}; empty keeps it` : about.hint} error={errors.target?.[0]}>
            <input value={target} placeholder={about.placeholder} spellCheck={false} autoCapitalize="off" onChange={event => setTarget(event.target.value)} />
          </Field>
        )}
        {about.secret && (
          <Field label={about.secret} hint={endpoint ? 'Empty keeps it' : undefined} error={errors.secret?.[0] ?? (about.target ? undefined : errors.target?.[0])}>
            <input type="password" autoComplete="off" value={secret} onChange={event => setSecret(event.target.value)} />
          </Field>
        )}
      </form>
    </Dialog>
  );
}
