import { expect, it } from 'vitest';
import type { Alert } from '../api/types';
import { announcementOf } from './announcement';

const noon = Date.UTC(2026, 0, 31, 12);
const alert = (i: number, more: Partial<Alert> = {}): Alert => ({
  id: `a${i}`, symbol: `S${i}`, exchange: 'x', rule_type: 'custom', rule_id: 'r', description: '', severity: 'info', state: 'fired',
  timestamp: new Date(noon).toISOString(), price: 1, metadata: {}, ...more,
});
const many = (count: number): Alert[] => Array.from({ length: count }, (_, i) => alert(i));

it('a few are told one by one, a burst in one line', () => {
  expect(announcementOf(many(3), noon)).toMatchObject({ each: [{ id: 'a0' }, { id: 'a1' }, { id: 'a2' }], summary: null });
  expect(announcementOf(many(300), noon)).toMatchObject({ each: [], summary: 'S0, S1, S2 and 297 more: 300 alerts' });
  expect(announcementOf([0, 1, 2, 3].map(i => alert(i, { symbol: 'BTCUSDT' })), noon)).toMatchObject({ summary: 'BTCUSDT: 4 alerts' });
});

it('it is as severe as the worst of them', () =>
  expect(announcementOf([alert(1), alert(2, { severity: 'critical' }), alert(3, { severity: 'warning' })], noon)?.worst).toBe('critical'));

it('of what has ended, comes late or is long over nothing is told', () => {
  expect(announcementOf([alert(1, { state: 'resolved' }), alert(2, { late: true })], noon)).toBeNull();
  expect(announcementOf([alert(1)], noon + 5 * 60_000)).toBeNull();
  expect(announcementOf([alert(1), alert(2, { timestamp: new Date(noon - 3_600_000).toISOString() })], noon)?.each.map(a => a.id)).toEqual(['a1']);
});
