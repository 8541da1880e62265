import type { Severity } from '../../api/types';

export interface Mark { id: string; at: number; text: string; severity: Severity; isDown: boolean }

const rank: Record<Severity, number> = { info: 0, warning: 1, critical: 2 };

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
