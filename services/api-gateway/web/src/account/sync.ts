import { get, put } from '../api/http';
import { sane, settings } from '../ui/settings';
import { token } from './token';

const pauseMs = 1_500;
let timer = 0;
let isApplying = false;

/** Signed in, views and watchlists follow the account from browser to browser. */
export function startSync(): void {
  token.subscribe(() => void pull());
  settings.subscribe(() => {
    if (token.current === null || isApplying) return;
    clearTimeout(timer);
    // Saved in the browser already; the account's copy may wait and may fail, the next change tries again.
    timer = window.setTimeout(() => void put('/api/v1/settings', { page: settings.current }).catch(() => undefined), pauseMs);
  });
  if (token.current !== null) void pull();
}

async function pull(): Promise<void> {
  if (token.current === null) return;
  const stored = await get<{ page?: unknown }>('/api/v1/settings').catch(() => null);
  if (!stored?.page) return;
  isApplying = true;
  settings.change(sane({ ...settings.current, ...(stored.page as object) }));
  isApplying = false;
}
