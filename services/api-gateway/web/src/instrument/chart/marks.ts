import type { SeriesMarker, Time, UTCTimestamp } from 'lightweight-charts';
import type { Severity } from '../../api/types';
import { colour } from '../../ui/theme';
import { groupMarks, type Mark } from './groups';

const colours: Record<Severity, string> = { info: 'info', warning: 'warn', critical: 'critical' };

export const seriesMarks = (marks: readonly Mark[], times: readonly number[]): SeriesMarker<Time>[] =>
  groupMarks(marks, times).map(({ time, marks: all, worst }) => {
    const isDown = all.filter(mark => mark.isDown).length * 2 > all.length;
    return {
      id: all[0]!.id, time: (time / 1_000) as UTCTimestamp, color: colour(colours[worst]), size: 1,
      position: isDown ? 'aboveBar' : 'belowBar', shape: isDown ? 'arrowDown' : 'arrowUp', ...(all.length > 1 ? { text: String(all.length) } : {}),
    };
  });
