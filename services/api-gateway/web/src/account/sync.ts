import { request } from '../api/http';
import { settings } from '../ui/settings';
import { SettingsSync, type AccountStore, type Stored } from './SettingsSync';
import { token } from './token';

const path = '/api/v1/settings';

/** The settings of this key's account, also when the page has another key already. */
function accountOf(secret: string): AccountStore {
  const headers = { Authorization: `Bearer ${secret}` };
  return { read: async () => (await request<Stored>(path, { headers })).data, write: body => request(path, { method: 'PUT', body, headers }) };
}

/** Signed in, views and watchlists follow the account from browser to browser. */
export function startSync(): void {
  const sync = new SettingsSync();
  const follow = (): void => (token.current === null ? sync.signedOut() : sync.signedIn(accountOf(token.current)));
  token.subscribe(follow);
  settings.onChoice(part => sync.chose(part));
  if (token.current !== null) follow();
}
