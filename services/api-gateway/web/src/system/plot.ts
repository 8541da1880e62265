export interface Scale { top: number; ticks: number[] }

const fewForTail = 20;

/**
 * A round number above nearly all of them, and the lines to draw below it: a single peak, as at a start, must not flatten the hour.
 * Half as much again as 95 of a hundred still counts as one of them.
 */
export function scaleOf(values: readonly (number | null)[], least = 0): Scale {
  const measured = values.filter((value): value is number => value !== null && Number.isFinite(value)).sort((a, b) => a - b);
  const peak = measured.at(-1) ?? 0;
  const usual = (measured[Math.floor((measured.length - 1) * 0.95)] ?? 0) * 1.5;
  const largest = Math.max(least, measured.length < fewForTail || usual <= 0 ? peak : Math.min(peak, usual));
  if (largest <= 0) return { top: 1, ticks: [0, 1] };
  const size = 10 ** Math.floor(Math.log10(largest));
  const top = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map(step => step * size).find(step => step >= largest)!;
  return { top, ticks: [0, top / 2, top] };
}

/** A path through the values; where something was not measured the line breaks. */
export function pathOf(times: readonly number[], values: readonly (number | null)[], from: number, to: number, top: number, width: number, height: number): string {
  let path = '';
  let isDown = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined || !Number.isFinite(value)) { isDown = false; continue; }
    const x = ((times[i]! - from) / Math.max(1, to - from)) * width;
    const y = height - (Math.min(value, top) / top) * height;
    path += `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    isDown = true;
  }
  return path;
}

/** Where values stand above the top, as places along the width: each run of them once. */
export function cutOff(times: readonly number[], values: readonly (number | null)[], from: number, to: number, top: number, width: number): number[] {
  const places: number[] = [];
  values.forEach((value, i) => {
    const before = values[i - 1];
    if (value !== null && value > top && !(before !== null && before !== undefined && before > top)) places.push(((times[i]! - from) / Math.max(1, to - from)) * width);
  });
  return places;
}

/** As a candle passes them; the objectives, which span several, come last. */
const stageOrder = ['received', 'published', 'calculated', 'evaluated', 'alert_published', 'delivered', 'sent', 'close_to_alert', 'alert_to_first_attempt'];
const placeOf = (stage: string): number => (stageOrder.indexOf(stage) + stageOrder.length + 1) % (stageOrder.length + 1);

/** `p99_close_to_alert` as stage and quantile, gathered by stage. */
export function stagesOf(values: Record<string, number>): { stage: string; p50: number | null; p95: number | null; p99: number | null }[] {
  const stages = new Map<string, Record<string, number>>();
  for (const [name, value] of Object.entries(values)) {
    const match = /^(p\d+)_(.+)$/.exec(name);
    if (match) stages.set(match[2]!, { ...stages.get(match[2]!), [match[1]!]: value });
  }
  return [...stages].sort(([a], [b]) => placeOf(a) - placeOf(b)).map(([stage, { p50, p95, p99 }]) => ({ stage, p50: p50 ?? null, p95: p95 ?? null, p99: p99 ?? null }));
}

/** Messages that wait, by consumer and stream, from the workers' own values. */
export function lagsOf(services: readonly { service: string; instance: string; values: Record<string, number> }[]): { service: string; stream: string; messages: number }[] {
  return services.flatMap(({ service, values }) => Object.entries(values)
    .filter(([name]) => name.startsWith('nats_consumer_lag_messages'))
    .map(([name, messages]) => ({ service, stream: /stream="([^"]+)"/.exec(name)?.[1] ?? /="([^"]+)"/.exec(name)?.[1] ?? '', messages })));
}
