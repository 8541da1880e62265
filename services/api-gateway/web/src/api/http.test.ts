import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { post } from './http';

let answer: () => Promise<Response>;
const keys: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  keys.length = 0;
  vi.stubGlobal('fetch', (_: string, { headers }: { headers: Record<string, string> }) => { keys.push(headers['Idempotency-Key']!); return answer(); });
});
afterEach(() => { vi.unstubAllGlobals(); vi.useRealTimers(); });

const away = (): Promise<Response> => Promise.reject(new TypeError('failed to fetch'));
const made = (): Promise<Response> => Promise.resolve(new Response('{}', { status: 201 }));
const refused = (): Promise<Response> => Promise.resolve(new Response('{}', { status: 422 }));

async function send(how: () => Promise<Response>, body: object): Promise<string> {
  answer = how;
  await post('/api/v1/endpoints', body).catch(() => undefined);
  return keys.at(-1)!;
}

it('a request whose answer was lost has the same key when it is sent again, and happens once', async () => {
  const first = await send(away, { name: 'desk' });
  expect(await send(made, { name: 'desk' })).toBe(first);
});

it('a request that is still being worked on keeps its key until its answer is there', async () => {
  const first = await send(away, { name: 'slow' });
  expect(await send(() => Promise.resolve(new Response('{}', { status: 409, headers: { 'Retry-After': '1' } })), { name: 'slow' })).toBe(first);
  expect(await send(() => Promise.resolve(new Response('{}', { status: 409 })), { name: 'slow' })).toBe(first); // it was done; this is the answer
  expect(await send(made, { name: 'slow' })).not.toBe(first);
});

it('what was answered, is another request, or is sent long after has a key of its own', async () => {
  const [answered, wrong, lost] = [await send(made, { name: 'a' }), await send(refused, { name: 'b' }), await send(away, { name: 'c' })];
  expect([await send(made, { name: 'a' }), await send(made, { name: 'b' }), await send(made, { name: 'd' })]).not.toEqual(expect.arrayContaining([answered, wrong, lost]));
  vi.advanceTimersByTime(61_000);
  expect(await send(made, { name: 'c' })).not.toBe(lost);
  expect(new Set(keys).size).toBe(keys.length);
});
