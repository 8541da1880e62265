import { expect, it } from 'vitest';
import type { Cursor } from './protocol';
import { SocketClient, type Transport } from './SocketClient';

/** A clock that is moved by hand and transports whose other end is the test. */
function world(token: string | null = null) {
  const opened: (Transport & { sent: Record<string, unknown>[] })[] = [];
  const timers = new Map<number, { at: number; action: () => void }>();
  let [now, next, refusals] = [0, 0, 0];
  const client = new SocketClient('ws://test', {
    open: () => {
      const transport = {
        readyState: 0, sent: [] as Record<string, unknown>[], onopen: null, onclose: null, onmessage: null,
        send: (text: string) => void transport.sent.push(JSON.parse(text)), close: () => { transport.readyState = 3; },
      } as Transport & { sent: Record<string, unknown>[] };
      opened.push(transport);
      return transport;
    },
    token: () => token, tokenRefused: () => void refusals++, now: () => now, random: () => 0.5,
    later: (ms, action) => { timers.set(++next, { at: now + ms, action }); return next; },
    cancel: timer => void timers.delete(timer),
  });
  return {
    client, opened,
    get refusals() { return refusals; },
    sent(op: string) { return this.last.sent.filter(message => message.op === op); },
    get last() { return opened.at(-1)!; },
    accept() { this.last.readyState = 1; this.last.onopen!(); this.say({ type: 'welcome', connection: 'c', epoch: 'e', limits: { screener_rows: 700 } }); },
    say(message: object) { this.last.onmessage!({ data: JSON.stringify(message) }); },
    drop() { const transport = this.last; transport.readyState = 3; transport.onclose!(); },
    pass(ms: number) {
      now += ms;
      for (const [id, timer] of [...timers]) if (timer.at <= now && timers.delete(id)) timer.action();
    },
  };
}

it('what is followed is subscribed to again after a lost connection', () => {
  const w = world();
  w.client.start();
  w.client.subscribe('metrics', { columns: ['price'] }, { update: () => undefined });
  w.accept();
  expect(w.last.sent).toMatchObject([{ op: 'subscribe', channel: 'metrics' }]);
  w.drop();
  expect(w.client.state.current).toBe('down');
  w.pass(600);
  w.accept();
  expect(w.opened.length).toBe(2);
  expect(w.last.sent).toMatchObject([{ op: 'subscribe', channel: 'metrics' }]);
});

it('a table asks for as many rows as the server gives', () => {
  const w = world();
  w.client.start();
  w.client.subscribe('screener', limits => ({ limit: limits.screener_rows }), { update: () => undefined });
  w.accept();
  expect(w.last.sent).toMatchObject([{ channel: 'screener', params: { limit: 700 } }]);
});

it('alerts go on where they were cut', () => {
  const w = world();
  let cursor: Cursor | null = null;
  w.client.start();
  w.client.subscribe('alerts', {}, { update: data => { cursor = { epoch: 'e', sequence: data.sequence as number }; } }, () => cursor);
  w.accept();
  expect(w.last.sent[0]).not.toHaveProperty('resume');
  w.say({ type: 'ok', id: w.last.sent[0]!.id, subscription: 's1' });
  w.say({ type: 'update', subscription: 's1', sequence: 41 });
  w.drop();
  w.pass(600);
  w.accept();
  expect(w.last.sent[0]).toMatchObject({ channel: 'alerts', resume: { epoch: 'e', sequence: 41 } });
});

it('an update that was seen is not shown again, a snapshot begins anew', () => {
  const w = world();
  const seen: unknown[] = [];
  w.client.start();
  w.client.subscribe('metrics', {}, { snapshot: () => seen.push('whole'), update: data => seen.push(data.sequence) });
  w.accept();
  w.say({ type: 'ok', id: w.last.sent[0]!.id, subscription: 's1' });
  for (const sequence of [1, 2, 2, 1, 3]) w.say({ type: 'update', subscription: 's1', sequence });
  w.say({ type: 'snapshot', subscription: 's1', sequence: 1 });
  w.say({ type: 'update', subscription: 's1', sequence: 2 });
  w.say({ type: 'update', subscription: 'another', sequence: 9 });
  expect(seen).toEqual([1, 2, 3, 'whole', 2]);
});

it('the waiting grows while nobody answers and begins anew once somebody has', () => {
  const w = world();
  w.client.start();
  const waits: number[] = [];
  for (let i = 0; i < 4; i++) {
    w.drop();
    waits.push(w.client.retryAt.current);
    w.pass(60_000);
    waits[i]! -= i * 60_000;
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
  w.accept();
  w.drop();
  expect(w.client.retryAt.current - 4 * 60_000).toBe(500);
});

it('a connection that fell silent is given up', () => {
  const w = world();
  w.client.start();
  w.accept();
  w.pass(15_000);
  expect(w.last.sent.at(-1)).toMatchObject({ op: 'ping' });
  w.pass(10_000);
  expect(w.client.state.current).toBe('down');
});

it('a server that leaves says when to come back', () => {
  const w = world();
  w.client.start();
  w.accept();
  w.say({ type: 'shutdown', reconnect_after_ms: 5_000 });
  expect(w.client.retryAt.current).toBe(5_000);
});

it('what is no message is no reason to stop', () => {
  const w = world();
  w.client.start();
  w.accept();
  w.last.onmessage!({ data: 'not json' });
  w.last.onmessage!({ data: '[]' });
  expect(w.client.state.current).toBe('open');
});

it('a hidden tab keeps its connection though its timers come once a minute', () => {
  const w = world();
  w.client.start();
  w.accept();
  for (let minute = 1; minute <= 5; minute++) {
    w.pass(60_000);
    w.client.check(); // and so does the page's look at the clock
    w.say({ type: 'pong', id: String(w.sent('ping').at(-1)!.id) });
    expect(w.client.state.current, `minute ${minute}`).toBe('open');
  }
  expect(w.opened.length).toBe(1);
});

it('after sleep a connection that does not answer is given up within seconds', () => {
  const w = world();
  w.client.start();
  w.accept();
  w.pass(3_600_000);
  w.client.check();
  w.pass(10_000);
  expect(w.client.state.current).toBe('down');
});

it('what was left before its answer is unsubscribed when the answer comes', () => {
  const w = world();
  const seen: unknown[] = [];
  w.client.start();
  w.accept();
  w.client.subscribe('candles', {}, { update: () => undefined })();
  w.client.subscribe('candles', {}, { update: data => seen.push(data.sequence), refused: code => seen.push(code) });
  const [first, second] = w.sent('subscribe');
  w.say({ type: 'ok', id: first!.id, subscription: 'c1' });
  expect(w.sent('unsubscribe')).toMatchObject([{ subscription: 'c1' }]);
  w.say({ type: 'error', id: second!.id, code: 'already_subscribed', message: '' });
  w.pass(500);
  w.say({ type: 'ok', id: w.sent('subscribe')[2]!.id, subscription: 'c1' });
  w.say({ type: 'update', subscription: 'c1', sequence: 7 });
  expect(seen).toEqual([7]);
});

it('what the server could not give yet is asked for again, what it never will is not', () => {
  for (const [code, asked] of [['not_ready', 2], ['not_found', 2], ['full', 2], ['bad_filter', 1]] as const) {
    const w = world();
    const refused: string[] = [];
    w.client.start();
    w.accept();
    w.client.subscribe('alerts', {}, { update: () => undefined, refused: why => refused.push(why) });
    w.say({ type: 'error', id: w.sent('subscribe')[0]!.id, code, message: '' });
    w.pass(code === 'full' ? 10_000 : 5_000);
    expect([w.sent('subscribe').length, refused], code).toEqual([asked, [code]]);
  }
});

it('who left after a refusal is not subscribed later', () => {
  const w = world();
  w.client.start();
  w.accept();
  const leave = w.client.subscribe('alerts', {}, { update: () => undefined });
  w.say({ type: 'error', id: w.sent('subscribe')[0]!.id, code: 'not_ready', message: '' });
  leave();
  w.pass(5_000);
  expect(w.sent('subscribe').length).toBe(1);
});

it('nothing is followed before the server knows whose socket it is', () => {
  const w = world('csk_1');
  w.client.start();
  w.client.subscribe('alerts', {}, { update: () => undefined });
  w.accept();
  expect(w.last.sent).toMatchObject([{ op: 'auth', token: 'csk_1' }]);
  w.say({ type: 'error', id: w.sent('auth')[0]!.id, code: 'not_ready', message: '' });
  expect([w.client.state.current, w.sent('subscribe').length]).toEqual(['connecting', 0]);
  w.pass(5_000);
  w.say({ type: 'ok', id: w.sent('auth')[1]!.id });
  expect([w.client.state.current, w.sent('subscribe').length, w.refusals]).toEqual(['open', 1, 0]);
});

it('a key that is not known is told of, and what is public is followed', () => {
  const w = world('csk_of_nobody');
  w.client.start();
  w.client.subscribe('alerts', {}, { update: () => undefined });
  w.accept();
  w.say({ type: 'error', id: w.sent('auth')[0]!.id, code: 'unauthenticated', message: '' });
  expect([w.refusals, w.sent('subscribe').length]).toEqual([1, 1]);
});
