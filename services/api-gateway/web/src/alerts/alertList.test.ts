import { expect, it } from 'vitest';
import type { Alert } from '../api/types';
import { anew, emptyList, keptAtMost, withNews, withPage, type List } from './alertList';

const alert = (second: number, more: Partial<Alert> = {}): Alert => ({
  id: `a${second}`, symbol: 'BTCUSDT', exchange: 'x', rule_type: 'custom', rule_id: 'r', description: '', severity: 'info', state: 'fired',
  timestamp: new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString(), price: 1, metadata: {}, ...more,
});
/** Seconds from the newer to the older one, as a page has them. */
const page = (newest: number, oldest: number): Alert[] => Array.from({ length: newest - oldest + 1 }, (_, i) => alert(newest - i));
const ids = (list: List): string[] => list.alerts.map(a => a.id);
const critical = (a: Alert): boolean => a.severity === 'critical';

it('an alert stays though a thousand others came after it', () => {
  let list = withPage(emptyList, [], null, []);
  list = withNews(list, [alert(1, { severity: 'critical' })], critical);
  for (let second = 2; second <= 1_201; second++) list = withNews(list, [alert(second)], critical);
  expect(ids(list)).toEqual(['a1']);
});

it('three thousand at once after a sleep are all there', () => {
  const list = withNews(withPage(emptyList, page(100, 1), 'older', []), page(3_100, 101), () => true);
  expect(list.alerts.length).toBe(3_100);
  expect(list.next).toBe('older');
});

it('at its most the list ends, says so and asks for no more', () => {
  let list = emptyList;
  for (let i = 0; i < 51 && (i === 0 || list.next !== null); i++) list = withPage(list, page(10_000 - i * 100, 9_901 - i * 100), `page ${i + 2}`, []);
  expect([list.alerts.length, list.next, list.isFull]).toEqual([keptAtMost, null, true]);
  list = withNews(list, [alert(10_001)], () => true);
  expect([list.alerts.length, ids(list)[0], list.next]).toEqual([keptAtMost, 'a10001', null]);
});

it('exactly as many as there are is not too many', () => {
  const list = withPage(emptyList, page(keptAtMost, 1), null, []);
  expect([list.alerts.length, list.isFull]).toEqual([keptAtMost, false]);
});

it('what would leave a hole below the pages waits for its page', () => {
  const list = withPage(emptyList, page(200, 101), 'older', [alert(201), alert(5)]);
  expect([ids(list)[0], list.alerts.length]).toEqual(['a201', 101]);
  expect(withNews(list, [alert(6)], () => true)).toBe(list);
  expect(ids(withNews({ ...list, next: null }, [alert(6)], () => true)).at(-1)).toBe('a6');
});

it('an acknowledgement reaches an alert of any page, whatever the filter', () => {
  const list = withPage(emptyList, page(3, 1), null, []);
  const taken = withNews(list, [alert(9, { id: 't', state: 'acknowledged', acknowledges: 'a1', acknowledged_by: 'alice' })], () => false);
  expect(taken.alerts.at(-1)).toMatchObject({ id: 'a1', acknowledged_by: 'alice' });
});

it('after a time of which nothing is known the list begins anew and keeps what is newer', () => {
  const list = withNews(withPage(emptyList, page(100, 1), 'older', []), [alert(900)], () => true);
  const again = anew(list, page(800, 701), 'below 701', [alert(850), alert(40)]);
  expect([ids(again)[0], ids(again).at(-1), again.alerts.length, again.next]).toEqual(['a900', 'a701', 102, 'below 701']);
});
