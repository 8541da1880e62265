import { expect, it } from 'vitest';
import { changesOf } from './changes';
import { everyTrigger, everywhere } from './draft';

const rule = { name: 'Dip', expression: 'price > 1', trigger: everyTrigger, universe: everywhere, endpoints: ['e_1'], enabled: true };

it('a version says what each value was and what it became', () => {
  const now = { ...rule, expression: 'price > 2', enabled: false, trigger: { ...everyTrigger, mode: 'every' as const, every_seconds: 3_600, cooldown_seconds: 300, expires_at: '2026-05-01T00:00:00Z' }, universe: { ...everywhere, include: ['BTC*'] } };
  expect(changesOf(now, rule)).toEqual([
    { part: 'Condition', before: 'price > 1', after: 'price > 2' }, { part: 'On', before: 'yes', after: 'no' },
    { part: 'Fires', before: 'when it becomes true', after: 'repeatedly while true' }, { part: 'Every', before: 'none', after: '1h' },
    { part: 'Cooldown', before: 'none', after: '5m' }, { part: 'Expires', before: 'never', after: '2026-05-01 00:00 UTC' }, { part: 'Only', before: 'none', after: 'BTC*' },
  ]);
});

it('endpoints go by their names', () =>
  expect(changesOf({ ...rule, endpoints: ['e_2'] }, rule, id => `Desk ${id}`)).toEqual([{ part: 'Send to', before: 'Desk e_1', after: 'Desk e_2' }]));

it('what is the same is not told', () => expect(changesOf(rule, { ...rule })).toEqual([]));
