import type { SeriesMarker, Time, UTCTimestamp } from 'lightweight-charts';
import type { Severity } from '../../api/types';
import { colour } from '../../ui/theme';

export interface Mark { id: string; at: number; text: string; severity: Severity; isDown: boolean }

const rank: Record<Severity, number> = { info: 0, warning: 1, critical: 2 };
const colours: Record<Severity, string> = { info: 'info', warning: 'warn', critical: 'critical' };

export interface Group { time: number; marks: Mark[]; worst: Severity }

/** Marks of one bar become one, else a busy hour would bury its candles. */
export function groupMarks(marks: readonly Mark[], times: readonly number[]): Group[] {
  const groups = new Map<number, Group>();
  for (const mark of marks) {
    const time = barAt(times, mark.at);
    if (time === null) continue;
    const group = groups.get(time);
    if (!group) groups.set(time, { time, marks: [mark], worst: mark.severity });
    else {
      group.marks.push(mark);
      if (rank[mark.severity] > rank[group.worst]) group.worst = mark.severity;
    }
  }
  return [...groups.values()].sort((a, b) => a.time - b.time);
}

export const seriesMarks = (marks: readonly Mark[], times: readonly number[]): SeriesMarker<Time>[] =>
  groupMarks(marks, times).map(({ time, marks: all, worst }) => {
    const isDown = all.filter(mark => mark.isDown).length * 2 > all.length;
    return {
      id: all[0]!.id, time: (time / 1_000) as UTCTimestamp, color: colour(colours[worst]), size: 1,
      position: isDown ? 'aboveBar' : 'belowBar', shape: isDown ? 'arrowDown' : 'arrowUp', ...(all.length > 1 ? { text: String(all.length) } : {}),
    };
  });

/** The bar that was forming at a time; null before the first. */
function barAt(times: readonly number[], at: number): number | null {
  let [low, high] = [0, times.length - 1];
  if (high < 0 || at < times[0]!) return null;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return times[low]!;
}
