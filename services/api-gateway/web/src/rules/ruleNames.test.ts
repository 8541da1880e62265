import { beforeEach, expect, it, vi } from 'vitest';
import { RuleNames } from './ruleNames';

let rules: { id: string; name: string; owner: string | null }[] = [];
let asked = 0;
let answer: Promise<void> = Promise.resolve();
vi.mock('../api/http', () => ({ get: async () => { asked++; const now = rules; await answer; return now; } }));

const settle = (): Promise<unknown> => new Promise(done => setTimeout(done, 0));

beforeEach(() => { [rules, asked, answer] = [[{ id: 'futures_5_big_bull', name: 'Big bull, 5 minutes', owner: null }, { id: 'r_a1', name: 'Mine', owner: 'me' }], 0, Promise.resolve()]; });

it('a built-in rule has its own name, and until that is known its id in words', async () => {
  const names = new RuleNames();
  expect(names.title('futures_5_big_bull')).toBe('5 big bull');
  await settle();
  expect(names.title('futures_5_big_bull')).toBe('Big bull, 5 minutes');
});

it('a rule that is not there any more says so, and is not asked for again', async () => {
  const names = new RuleNames();
  expect(names.title('r_dead')).toBe('Custom rule');
  await settle();
  expect(names.title('r_dead', Date.now() + 60_000)).toBe('Deleted rule');
  await settle();
  expect(asked).toBe(1);
});

it('a rule made a moment ago has its name before it is announced, though an older question is under way', async () => {
  const names = new RuleNames();
  let come = (): void => undefined;
  answer = new Promise(done => { come = done; });
  names.title('r_a1');
  rules = [...rules, { id: 'r_b2', name: 'New', owner: 'me' }];
  const known = names.whenKnown(['r_b2']);
  come();
  await known;
  expect([names.title('r_b2'), asked, names.whenKnown(['r_b2', 'r_a1'])]).toEqual(['New', 2, null]);
});
