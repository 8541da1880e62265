import { token } from '../account/token';
import { ApiError, problemOf } from './problem';
import { hearStatus } from './reach';
import { RetryKeys } from './retryKeys';
import { hearTime } from './serverTime';

export interface Options { method?: string; body?: unknown; signal?: AbortSignal | undefined; headers?: Record<string, string> }

/** One request to the gateway; anything but success throws an ApiError. */
export async function request<T>(path: string, options: Options = {}): Promise<{ data: T; response: Response }> {
  const response = await send(path, options);
  hearTime(response.headers.get('Date'));
  const text = await response.text();
  const data = text === '' ? null : parse(text, response);
  if (!response.ok) throw problemOf(response.status, data, response.headers.has('Retry-After'));
  return { data: data as T, response };
}

export const get = async <T>(path: string, signal?: AbortSignal): Promise<T> => (await request<T>(path, { signal })).data;

const retryKeys = new RetryKeys();

export async function post<T>(path: string, body: unknown = {}): Promise<T> {
  const what = `${token.current ?? ''} ${path} ${JSON.stringify(body)}`;
  const key = retryKeys.take(what, Date.now());
  try {
    return (await request<T>(path, { method: 'POST', body, headers: { 'Idempotency-Key': key } })).data;
  } catch (error) {
    if (error instanceof ApiError && mayBeDone(error)) retryKeys.lost(what, key, Date.now());
    throw error;
  }
}

/** Nobody heard how it ended, or it is still being worked on. */
const mayBeDone = ({ status, isForLater }: ApiError): boolean => status === 0 || status >= 500 || (status === 409 && isForLater);

export const put = async <T>(path: string, body: unknown, version?: number): Promise<T> =>
  (await request<T>(path, { method: 'PUT', body, headers: version === undefined ? {} : { 'If-Match': `"${version}"` } })).data;

export const remove = async (path: string): Promise<void> => { await request(path, { method: 'DELETE' }); };

/** The address below which the list goes on, from `Link: <…>; rel="next"`. */
export function nextLink(response: Response): string | null {
  const match = /<([^>]+)>\s*;\s*rel="?next"?/.exec(response.headers.get('Link') ?? '');
  return match ? match[1]! : null;
}

export function query(values: Record<string, string | number | boolean | null | undefined>): string {
  const parts = Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

async function send(path: string, { method = 'GET', body, signal, headers = {} }: Options): Promise<Response> {
  const all: Record<string, string> = { Accept: 'application/json', ...headers };
  if (body !== undefined) all['Content-Type'] = 'application/json';
  const secret = token.current;
  if (secret) all.Authorization ??= `Bearer ${secret}`;
  try {
    const response = await fetch(path, { method, headers: all, signal: signal ?? null, body: body === undefined ? null : JSON.stringify(body), cache: 'no-store' });
    hearStatus(response.status);
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    hearStatus(null);
    throw new ApiError(0, 'unreachable', 'The gateway cannot be reached. The page keeps trying.');
  }
}

function parse(text: string, response: Response): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (!response.ok) return null; // a proxy's page, say; the status tells enough
    throw new ApiError(response.status, 'not_json', 'The gateway sent an answer this page cannot read.');
  }
}
