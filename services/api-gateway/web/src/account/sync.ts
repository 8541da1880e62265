import { get, put } from '../api/http';
import { settings } from '../ui/settings';
import { SettingsSync } from './SettingsSync';
import { token } from './token';

const path = '/api/v1/settings';

/** Signed in, views and watchlists follow the account from browser to browser. */
export function startSync(): void {
  const sync = new SettingsSync({ read: () => get(path), write: stored => put(path, stored) });
  token.subscribe(() => (token.current === null ? sync.signedOut() : sync.signedIn()));
  settings.onChoice(part => sync.chose(part));
  if (token.current !== null) sync.signedIn();
}
