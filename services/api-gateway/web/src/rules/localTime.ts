/** Rules keep times of day in UTC: what a clock on the wall says then, today. Null where that is the same. */
export function localTimeOf(utc: string | null | undefined, now: number, timeZone?: string): string | null {
  if (!utc) return null;
  return wallTime(Date.parse(`${new Date(now).toISOString().slice(0, 10)}T${utc.slice(0, 5)}:00Z`), utc.slice(0, 5), { hour: '2-digit', minute: '2-digit' }, timeZone);
}

/** The moment at which a date begins in UTC, by the wall. */
export function localMomentOf(date: string | null | undefined, timeZone?: string): string | null {
  if (!date) return null;
  const at = Date.parse(date);
  const options: Intl.DateTimeFormatOptions = { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' };
  return wallTime(at, new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(at), options, timeZone);
}

function wallTime(at: number, utc: string, options: Intl.DateTimeFormatOptions, timeZone: string | undefined): string | null {
  if (!Number.isFinite(at)) return null;
  const local = new Intl.DateTimeFormat('en-GB', { ...options, ...(timeZone ? { timeZone } : {}) }).format(at);
  return local === utc ? null : local;
}
