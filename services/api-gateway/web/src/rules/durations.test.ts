import { expect, it } from 'vitest';
import { durationText, secondsOf } from './durations';

it.each([[0, ''], [45, '45s'], [300, '5m'], [3_600, '1h'], [5_400, '1h 30m'], [90_061, '1d 1h 1m 1s']])('%d seconds are written %s, and read again', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
  expect(secondsOf(text)).toBe(seconds);
});

it.each([['90', 90], [' 5 M ', 300], ['1h30m', 5_400], ['', 0]])('%s is read', (text, seconds) => expect(secondsOf(text)).toBe(seconds));
it.each(['soon', '5x', '-3', '1.5h', 'm'])('%s is no time', text => expect(secondsOf(text)).toBeNull());
