import { expect, it } from 'vitest';
import { draftOf, everyTrigger, isSame, listOf, newDraft, timeOf, triggerWords } from './draft';

it('a stored rule of an older page is completed', () => {
  const draft = draftOf({ name: 'x', expression: 'price > 1', trigger: { mode: 'once' } as never });
  expect(draft.trigger).toEqual({ ...everyTrigger, mode: 'once' });
  expect(draft.universe.include).toEqual([]);
});

it('a draft differs as soon as one word does', () => {
  expect(isSame(newDraft('price > 1'), newDraft('price > 1'))).toBe(true);
  expect(isSame(newDraft('price > 1'), newDraft('price > 2'))).toBe(false);
});

it('lists take commas and spaces, each name once', () => expect(listOf(' BTC*, ETHUSDT  BTC* ')).toEqual(['BTC*', 'ETHUSDT']));
it('a time of day is sent with its seconds', () => expect([timeOf('08:30'), timeOf(''), timeOf('08:30:05')]).toEqual(['08:30:00', null, '08:30:05']));

it('a trigger reads as a sentence', () => {
  expect(triggerWords({ ...everyTrigger, hold_seconds: 90, cooldown_seconds: 300, max_per_hour: 3 })).toBe('when it becomes true, after 90 s true, 5 min apart, at most 3 an hour');
  expect(triggerWords({ ...everyTrigger, mode: 'every', every_seconds: 3_600, active_from: '08:00:00', active_until: '16:30:00' })).toBe('every 1 h while true, 08:00–16:30 UTC');
});
