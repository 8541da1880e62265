import { expect, it } from 'vitest';
import type { Alert } from '../api/types';
import { isHole, mergeAlerts, unseen } from './alertBook';

const alert = (id: string, second: number, more: Partial<Alert> = {}): Alert => ({
  id, symbol: 'BTCUSDT', exchange: 'x', rule_type: 'custom', rule_id: 'r', description: '', severity: 'info', state: 'fired',
  timestamp: `2026-01-01T00:00:${String(second).padStart(2, '0')}Z`, price: 1, metadata: {}, ...more,
});

it('each alert once, the newest first, however they arrive', () => {
  const merged = mergeAlerts([alert('b', 2)], [alert('c', 3), alert('a', 1), alert('b', 2)], 10);
  expect(merged.map(a => a.id)).toEqual(['c', 'b', 'a']);
});

it('what is learned later is added, nothing known is lost', () => {
  const [merged] = mergeAlerts([alert('a', 1, { acknowledged_by: 'me' })], [alert('a', 1, { late: true })], 10);
  expect(merged).toMatchObject({ acknowledged_by: 'me', late: true });
});

it('the oldest make room', () => expect(mergeAlerts([], [alert('a', 1), alert('b', 2), alert('c', 3)], 2).map(a => a.id)).toEqual(['c', 'b']));
it('only what nobody saw may make a sound', () => expect(unseen([alert('a', 1)], [alert('a', 1), alert('b', 2)]).map(a => a.id)).toEqual(['b']));

it('an acknowledgement is noted on its alert and is none itself', () => {
  const taken = alert('k', 9, { state: 'acknowledged', acknowledges: 'a', acknowledged_by: 'alice' });
  const merged = mergeAlerts([alert('a', 1), alert('b', 2)], [taken], 10);
  expect(merged.map(a => [a.id, a.acknowledged_by ?? null])).toEqual([['b', null], ['a', 'alice']]);
  expect(mergeAlerts([], [taken], 10)).toEqual([]);
  expect(unseen([], [taken])).toEqual([]);
});

it('a full page that does not reach what was known leaves a hole', () => {
  const newest = [alert('d', 9), alert('c', 8)];
  const [before, within] = [alert('a', 3).timestamp, alert('c', 8).timestamp];
  expect([isHole(before, newest, 2), isHole(within, newest, 2), isHole(before, newest, 3), isHole(null, newest, 2)]).toEqual([true, false, false, false]);
});
