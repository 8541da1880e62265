import { describe, expect, it } from 'vitest';
import { FrameTable } from '../live/FrameTable';
import { order } from './order';

const table = (): FrameTable => {
  const made = new FrameTable(['price']);
  const put = (symbol: string, price: number | null): void => made.upsert('x', symbol, 1, [price], 0, 0);
  put('C', 2); put('A', null); put('D', 1); put('B', 2); put('E', null);
  return made;
};

const names = (sort: string, search = '', only: ReadonlySet<string> | null = null): string => {
  const made = table();
  return order(made, { sort, search, only }).map(row => made.symbols[row]).join('');
};

describe('order', () => {
  it('puts the smallest first, equals by name, and what is unknown last', () => expect(names('price')).toBe('DBCAE'));
  it('keeps what is unknown last when it is turned round', () => expect(names('-price')).toBe('BCDAE'));
  it('goes by name both ways', () => { expect(names('symbol')).toBe('ABCDE'); expect(names('-symbol')).toBe('EDCBA'); });
  it('shows what is searched and watched only', () => { expect(names('price', 'b')).toBe('B'); expect(names('price', '', new Set(['x:C', 'x:A']))).toBe('CA'); });
});
