import { settings } from './settings';

export const parse = (at: string | number | null | undefined): number | null => {
  if (at === null || at === undefined) return null;
  const ms = typeof at === 'number' ? at : Date.parse(at);
  return Number.isFinite(ms) ? ms : null;
};

const zone = (): string | undefined => (settings.current.utc ? 'UTC' : undefined);

const clockFormat = (utc: boolean): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', ...(utc ? { timeZone: 'UTC' } : {}) });
const clocks = { utc: clockFormat(true), local: clockFormat(false) };

export const clock = (at: string | number | null | undefined): string => {
  const ms = parse(at);
  return ms === null ? '–' : (settings.current.utc ? clocks.utc : clocks.local).format(ms);
};

export const dateTime = (at: string | number | null | undefined): string => dayAndTime(at, {});

/** Where several happen within a minute. */
export const dateTimeSeconds = (at: string | number | null | undefined): string => dayAndTime(at, { second: '2-digit' });

function dayAndTime(at: string | number | null | undefined, more: Intl.DateTimeFormatOptions): string {
  const ms = parse(at);
  if (ms === null) return '–';
  const year = (of: number): number => (settings.current.utc ? new Date(of).getUTCFullYear() : new Date(of).getFullYear());
  const isThisYear = year(ms) === year(Date.now());
  return new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }), hour: '2-digit', minute: '2-digit', ...more, timeZone: zone() }).format(ms);
}

export const day = (at: string | number): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone() }).format(parse(at) ?? 0);

/** 75 s → 1m 15s; two parts at most. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s}s`;
  if (s < 3_600) return s % 60 === 0 ? `${s / 60}m` : `${Math.floor(s / 60)}m ${s % 60}s`;
  if (s < 86_400) return pair(s, 3_600, 'h', 60, 'm');
  return pair(s, 86_400, 'd', 3_600, 'h');
}

export const ago = (at: string | number | null | undefined, now: number): string => {
  const ms = parse(at);
  if (ms === null) return '–';
  const seconds = (now - ms) / 1_000;
  if (seconds < 5) return 'now';
  if (seconds < 60) return `${Math.round(seconds)}s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ago`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3_600)}h ago` : `${Math.floor(seconds / 86_400)}d ago`;
};

function pair(seconds: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((seconds % large) / small);
  return `${Math.floor(seconds / large)}${largeName}${rest > 0 ? ` ${rest}${smallName}` : ''}`;
}
