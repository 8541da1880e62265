/** Numbers of a minute that ended long ago are old: the instrument, its exchange or the gateway is silent. */
const staleMs = 150_000;

/** `7m old`; nothing while they are current. */
export function ageText(minute: number, now: number): string {
  const quiet = now - minute;
  if (quiet <= staleMs) return '';
  const minutes = Math.round(quiet / 60_000);
  return minutes < 60 ? `${minutes}m old` : minutes < 1_440 ? `${Math.round(minutes / 60)}h old` : `${Math.round(minutes / 1_440)}d old`;
}
