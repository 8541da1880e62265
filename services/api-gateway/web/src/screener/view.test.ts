import { expect, it } from 'vitest';
import { isShown } from './view';

const view = { name: 'Mornings', filter: 'rsi(14,1h) < 30', columns: ['price', 'rsi(14,1h)'], sort: '-price' };

it('a view is pressed when filter, columns and order are its own', () => {
  expect(isShown(view, view.filter, view)).toBe(true);
  expect(isShown(view, '', view)).toBe(false);
  expect(isShown(view, view.filter, { ...view, sort: 'price' })).toBe(false);
  expect(isShown(view, view.filter, { ...view, columns: ['rsi(14,1h)', 'price'] })).toBe(false);
});
