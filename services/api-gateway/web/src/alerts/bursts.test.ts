import { expect, it } from 'vitest';
import type { Alert, Severity } from '../api/types';
import { foldBursts, isBurst, newestOf, severityOf, type Entry } from './bursts';

const alert = (id: string, group: string | null, more: Partial<Alert> = {}): Alert => ({
  id, symbol: `${id}USDT`, exchange: 'binance-futures', rule_type: 'custom', rule_id: 'r1', description: '', severity: 'info',
  state: 'fired', timestamp: '2026-01-01T00:00:00Z', price: 1, metadata: {}, group, ...more,
});
const shape = (entries: readonly Entry[]): string[] => entries.map(entry => (isBurst(entry) ? entry.alerts.map(one => one.id).join('+') : entry.id));

it('alerts of one rule and minute over three instruments are one entry, in the place of the newest', () =>
  expect(shape(foldBursts([alert('x', null), alert('a', 'pump:1'), alert('y', 'other:1'), alert('b', 'pump:1'), alert('c', 'pump:1'), alert('z', null)])))
    .toEqual(['x', 'a+b+c', 'y', 'z']));

it('two are two, and so are three of the same instrument', () => {
  expect(shape(foldBursts([alert('a', 'pump:1'), alert('b', 'pump:1')]))).toEqual(['a', 'b']);
  expect(shape(foldBursts(['a', 'b', 'c'].map(id => alert(id, 'pump:1', { symbol: 'BTCUSDT' }))))).toEqual(['a', 'b', 'c']);
});

it('bursts of different minutes stay apart, and ends belong to none', () =>
  expect(shape(foldBursts([alert('a', 'p:1'), alert('b', 'p:1'), alert('c', 'p:2'), alert('d', 'p:1', { state: 'resolved' })]))).toEqual(['a', 'b', 'c', 'd']));

it('nothing is lost or doubled, whatever belongs together', () => {
  for (let seed = 1; seed <= 200; seed++) {
    let state = seed;
    const next = (below: number): number => { state = (state * 48_271) % 2_147_483_647; return state % below; };
    const all = Array.from({ length: next(40) }, (_, i) => alert(`${i}`, next(4) === 0 ? null : `g:${next(5)}`));
    const folded = foldBursts(all);
    expect(folded.flatMap(entry => (isBurst(entry) ? entry.alerts : [entry])).map(one => one.id).sort(), `seed ${seed}`).toEqual(all.map(one => one.id).sort());
    const places = folded.map(entry => all.indexOf(newestOf(entry)));
    expect(places, `seed ${seed}`).toEqual([...places].sort((a, b) => a - b));
  }
});

it('a burst is as severe as its worst alert', () => {
  const burst = foldBursts((['info', 'critical', 'warning'] as Severity[]).map(severity => alert(severity, 'g:1', { severity })))[0]!;
  expect(isBurst(burst) && severityOf(burst)).toBe('critical');
});
