import { expect, it } from 'vitest';
import { Rounds } from './Rounds';

it('visits each once, some at a time, and goes on where it stopped', () => {
  const rounds = new Rounds();
  const seen: number[] = [];
  const visit = (count: number, most: number): void => rounds.visit(count, most, index => seen.push(index));
  rounds.begin(5);
  visit(5, 2); visit(5, 2);
  rounds.begin(5); // news came before all had their turn
  visit(5, 2); visit(5, 2); visit(5, 2);
  expect(seen).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3]);
  expect(rounds.isDone).toBe(true);
});

it('has nothing to do where there are no rows', () => {
  const rounds = new Rounds();
  rounds.begin(0);
  rounds.visit(0, 3, () => { throw new Error('no row'); });
  expect(rounds.isDone).toBe(true);
});
