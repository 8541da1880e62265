import { request } from '../api/http';
import { settings } from '../ui/settings';
import { SettingsSync, type AccountStore, type Stored } from './SettingsSync';
import { token } from './token';

const path = '/api/v1/settings';

/** The settings of this key's account, also when the page has another key already. Only what was read is written over. */
function accountOf(secret: string): AccountStore {
  const headers = { Authorization: `Bearer ${secret}` };
  let version: string | undefined;
  return {
    read: async () => {
      const { data, response } = await request<Stored>(path, { headers });
      version = response.headers.get('ETag')?.replace(/^W\//, ''); // a proxy that compresses makes it weak
      return data;
    },
    write: body => request(path, { method: 'PUT', body, headers: version === undefined ? headers : { ...headers, 'If-Match': version } }),
  };
}

/** Signed in, views and watchlists follow the account from browser to browser. */
export function startSync(): void {
  const sync = new SettingsSync();
  const follow = (): void => (token.current === null ? sync.signedOut() : sync.signedIn(accountOf(token.current)));
  token.subscribe(follow);
  settings.onChoice(part => sync.chose(part));
  if (token.current !== null) follow();
}
