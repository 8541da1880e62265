import { useState, type ReactNode } from 'react';
import { ApiError, messageOf } from '../api/problem';
import type { Me } from '../api/types';
import { useBusy } from '../ui/busy';
import { navigate, previousAddress } from '../ui/router';
import { Field, Problem } from '../ui/parts';
import { token } from './token';

export function SignIn({ refused }: { refused: string | null }): ReactNode {
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(refused);
  const [isAsking, run] = useBusy();

  const submit = async (): Promise<void> => {
    const given = text.trim();
    setError(null);
    try {
      const me = await whoIs(given);
      if (me.anonymous) setError('The gateway does not know this key.');
      else {
        token.signIn(given);
        const back = previousAddress();
        if (back !== null) navigate(back);
      }
    } catch (e) {
      setError(e instanceof ApiError && e.status === 401 ? 'The gateway does not know this key, or it has expired.' : messageOf(e));
    }
  };

  return (
    <section className="panel" aria-label="Sign in">
      <header><h2>Sign in</h2></header>
      <form className="panel-body" onSubmit={event => { event.preventDefault(); void run(submit); }}>
        <p className="soft">With an API key of this gateway (<code>csk_…</code>) or a token of your identity provider. It stays in this browser.</p>
        <Field label="Key or token"><input type="password" autoComplete="current-password" spellCheck={false} value={text} onChange={event => setText(event.target.value)} /></Field>
        {error && <Problem text={error} />}
        <div><button type="submit" className="button primary" disabled={text.trim() === '' || isAsking}>Sign in</button></div>
        <small>The first start of a gateway makes an administrator’s key and shows where it was put.</small>
      </form>
    </section>
  );
}

/** Asked with the key at hand before it is stored: a mistyped one must not replace a good one. */
async function whoIs(secret: string): Promise<Me> {
  const response = await fetch('/api/v1/me', { headers: { Authorization: `Bearer ${secret}`, Accept: 'application/json' }, cache: 'no-store' })
    .catch(() => { throw new ApiError(0, 'unreachable', 'The gateway cannot be reached.'); });
  if (!response.ok) throw new ApiError(response.status, 'refused', `The gateway answered ${response.status}.`);
  return (await response.json()) as Me;
}
