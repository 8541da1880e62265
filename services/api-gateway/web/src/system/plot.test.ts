import { expect, it } from 'vitest';
import { cutOff, lagsOf, pathOf, scaleOf, stagesOf } from './plot';

it('scales end at a round number', () => {
  expect(scaleOf([3, 17.2, null]).top).toBe(20);
  expect(scaleOf([0.034]).top).toBeCloseTo(0.04);
  expect(scaleOf([null, 0])).toEqual({ top: 1, ticks: [0, 1] });
  expect(scaleOf([3], 200).top).toBe(200);
});

it('the peak of a start does not flatten the hour', () => {
  const hour = Array.from({ length: 200 }, (_, i) => (i < 2 ? 3_000 : 40));
  expect(scaleOf(hour).top).toBe(60);
  expect(cutOff(hour.map((_, i) => i * 10), hour, 0, 1_990, 60, 199)).toEqual([0]);
});
it('a few values are all shown', () => expect(scaleOf([3_000, 40, 40]).top).toBe(3_000));
it('what lies only a little above the rest is not cut', () => expect(scaleOf(Array.from({ length: 200 }, (_, i) => (i === 0 ? 50 : 40))).top).toBe(50));

it('a line breaks where nothing was measured', () =>
  expect(pathOf([0, 10, 20, 30], [0, 1, null, 1], 0, 30, 1, 30, 10)).toBe('M0.0 10.0L10.0 0.0M30.0 0.0'));

it('stages gather their quantiles', () =>
  expect(stagesOf({ p50_calculated: 1, p99_calculated: 3, p99_other: 9, odd: 1 }))
    .toEqual([{ stage: 'calculated', p50: 1, p95: null, p99: 3 }, { stage: 'other', p50: null, p95: null, p99: 9 }]));

it('stages stand in the order in which a candle passes them, what is unknown last', () =>
  expect(stagesOf({ p50_other: 1, p50_sent: 1, p50_calculated: 1, p50_received: 1 }).map(row => row.stage)).toEqual(['received', 'calculated', 'sent', 'other']));

it('lag is told by stream', () =>
  expect(lagsOf([{ service: 'alert-engine', instance: 'a', values: { 'nats_consumer_lag_messages{stream="FRAMES"}': 4, other: 1 } }]))
    .toEqual([{ service: 'alert-engine', stream: 'FRAMES', messages: 4 }]));
