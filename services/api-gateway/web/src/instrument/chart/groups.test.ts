import { expect, it } from 'vitest';
import { groupMarks, type Mark } from './groups';

const mark = (id: string, at: number, severity: Mark['severity'] = 'info'): Mark => ({ id, at, severity, text: id, isDown: false });

it('a mark stands on the bar that was forming', () =>
  expect(groupMarks([mark('a', 25)], [10, 20, 30])).toMatchObject([{ time: 20 }]));

it('marks of one bar become one that is as severe as the worst', () =>
  expect(groupMarks([mark('a', 21), mark('b', 29, 'critical'), mark('c', 30)], [10, 20, 30]))
    .toMatchObject([{ time: 20, worst: 'critical', marks: [{ id: 'a' }, { id: 'b' }] }, { time: 30, worst: 'info' }]));

it('what fired before the first bar has no place yet', () => expect(groupMarks([mark('a', 5)], [10])).toEqual([]));
it('without bars there are no marks', () => expect(groupMarks([mark('a', 5)], [])).toEqual([]));
