import type { ReactNode } from 'react';
import { Badge, Skeleton } from '../ui/parts';
import { ApiKeys } from './ApiKeys';
import { AuditTrail } from './AuditTrail';
import { Preferences } from './Preferences';
import { useSession } from './session';
import { SignIn } from './SignIn';
import { token } from './token';
import '../styles/account.css';

export default function AccountPage(): ReactNode {
  const { me, isLoading, may, error } = useSession();
  return (
    <div className="page account-page">
      <div className="page-head"><h1>Account</h1></div>
      <div className={`account-columns ${me.anonymous ? 'single' : ''}`}>
        {isLoading ? <Skeleton lines={4} /> : me.anonymous ? <SignIn refused={token.current !== null ? error ?? 'The gateway does not know this key.' : null} /> : (
          <section className="panel" aria-label="You">
            <header><h2>{me.name}</h2><Badge kind="info">{me.role}</Badge><span className="spacer" /><button type="button" className="button small" onClick={() => token.signOut()}>Sign out</button></header>
            <div className="panel-body"><p className="soft">{words[me.role]}</p>{me.scopes.length > 0 && <p className="dim">This key is limited to {me.scopes.join(', ')}.</p>}</div>
          </section>
        )}
        <Preferences />
      </div>
      {!me.anonymous && <ApiKeys me={me} />}
      {may('admin') && <AuditTrail />}
    </div>
  );
}

const words = {
  reader: 'You see the market, the alerts and the built-in rules.',
  trader: 'You write rules of your own, add endpoints, acknowledge and silence alerts.',
  admin: 'You change everything, other people’s rules and keys included.',
};
