import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { hearTime } from '../api/serverTime';
import type { Alert } from '../api/types';
import { settings } from '../ui/settings';
import { startAnnouncer } from './announcer';

const feed = vi.hoisted(() => ({ arrive: (_: readonly Alert[]): void => undefined }));
const toasts = vi.hoisted(() => [] as string[]);
vi.mock('../live/alertFeed', () => ({ alertFeed: { onArrival: (listener: typeof feed.arrive) => { feed.arrive = listener; } } }));
const names = vi.hoisted(() => ({ known: null as Promise<void> | null, title: 'Custom rule' }));
vi.mock('../rules/ruleNames', () => ({ ruleTitle: () => names.title, ruleNames: { whenKnown: () => names.known } }));
vi.mock('../ui/toast', () => ({ toast: (text: string) => toasts.push(text) }));
vi.mock('../ui/router', () => ({ instrumentPath: () => '', navigate: () => undefined }));

const noon = Date.UTC(2026, 0, 31, 12);
const alerts = (count: number): Alert[] => Array.from({ length: count }, (_, i) => ({
  id: `a${i}`, symbol: `S${i}`, exchange: 'x', rule_type: 'custom', rule_id: 'r', description: '', severity: 'info', state: 'fired',
  timestamp: new Date(noon).toISOString(), price: 1, metadata: {},
}));
const shown: NotificationOptions[] = [];
const titles: string[] = [];
let isPhone = false;
class Notification {
  static permission = 'granted';
  constructor(title: string, options: NotificationOptions) {
    if (isPhone) throw new TypeError('Illegal constructor');
    shown.push(options);
    titles.push(title);
  }
}

beforeAll(() => {
  vi.useFakeTimers({ now: noon });
  vi.stubGlobal('window', { Notification });
  vi.stubGlobal('Notification', Notification);
  vi.stubGlobal('document', { hidden: true });
  settings.change({ notifications: true });
  startAnnouncer();
});
afterAll(() => { vi.unstubAllGlobals(); vi.useRealTimers(); settings.reset(); });

it('on a machine whose clock is ten minutes fast alerts are told too, and each summary is heard though it replaces one', () => {
  vi.setSystemTime(noon + 600_000);
  hearTime(new Date(noon).toUTCString());
  feed.arrive(alerts(4));
  feed.arrive(alerts(1));
  expect(shown).toMatchObject([{ tag: 'summary', renotify: true }, { tag: 'a0', renotify: false }]);
});

it('a rule made a moment ago is announced by its name', async () => {
  names.known = Promise.resolve().then(() => { names.title = 'Sol above 170'; });
  feed.arrive(alerts(1));
  await vi.advanceTimersByTimeAsync(0);
  names.known = null;
  expect(titles.at(-1)).toBe('S0 Sol above 170');
});

it('a phone that shows no notifications says so once and leaves them to the other browsers of the account', () => {
  isPhone = true;
  feed.arrive(alerts(3));
  feed.arrive(alerts(1));
  expect(toasts.length).toBe(1);
  expect(settings.current.notifications).toBe(true);
});
