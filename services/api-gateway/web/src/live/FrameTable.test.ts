import { expect, it } from 'vitest';
import { FrameTable } from './FrameTable';
import { applyScreenerUpdate, replaceRows } from './rows';

const table = (): FrameTable => new FrameTable(['price', 'rsi(14,1h)']);
const shown = (t: FrameTable): Record<string, number[]> => Object.fromEntries(t.keys.map((key, row) => [key, [t.value(row, 0), t.value(row, 1)]]));

it('a snapshot is the whole truth', () => {
  const t = table();
  replaceRows(t, [['x', 'A', 1, true, 1, 2], ['x', 'B', 1, true, 3, null]], 0);
  replaceRows(t, [['x', 'B', 2, false, 4, 5]], 0);
  expect(shown(t)).toEqual({ 'x:B': [4, 5] });
});

it('what is unknown is no number', () => {
  const t = table();
  replaceRows(t, [['x', 'A', 1, true, null, 2]], 0);
  expect(t.value(0, 0)).toBeNaN();
  expect(t.value(0, t.columnOf('adx'))).toBeNaN();
});

it('a row that leaves takes no other with it', () => {
  const t = table();
  replaceRows(t, [['x', 'A', 1, true, 1, 1], ['x', 'B', 1, true, 2, 2], ['x', 'C', 1, true, 3, 3]], 0);
  t.remove('x:A');
  t.remove('x:nobody');
  expect(shown(t)).toEqual({ 'x:C': [3, 3], 'x:B': [2, 2] });
  expect(t.rowOf('x:C')).toBe(0);
});

it('instruments enter, change and leave a filtered table', () => {
  const t = table();
  replaceRows(t, [['x', 'A', 1, true, 1, 1]], 0);
  applyScreenerUpdate(t, { left: [['x', 'A']], entered: [['x', 'B', 1, true, 2, 2]], changed: [['x', 'B', 1, true, 3, 3]] }, 0);
  expect(shown(t)).toEqual({ 'x:B': [3, 3] });
});

it('five thousand instruments find room', () => {
  const t = table();
  for (let i = 0; i < 5_000; i++) t.upsert('x', String(i), 1, [i, -i], 0, 0);
  expect([t.count, t.value(4_999, 0), t.value(4_999, 1), t.value(0, 1)]).toEqual([5_000, 4_999, -4_999, -0]);
});
