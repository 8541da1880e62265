import { expect, it } from 'vitest';
import { localMomentOf, localTimeOf } from './localTime';

const july = Date.parse('2026-07-01T12:00:00Z');

it('a time of day in UTC is told as the clock on the wall shows it', () => {
  expect(localTimeOf('08:00:00', july, 'Europe/Berlin')).toBe('10:00');
  expect(localTimeOf('23:30:00', july, 'Asia/Tokyo')).toBe('08:30');
});

it('a date is the moment at which it begins in UTC', () => expect(localMomentOf('2026-07-03T00:00:00Z', 'America/New_York')).toBe('02 Jul, 20:00'));
it('nothing is said twice, nor of nothing', () => expect([localTimeOf('08:00', july, 'UTC'), localTimeOf(null, july), localMomentOf('', 'UTC'), localMomentOf('2026-07-03T00:00:00Z', 'UTC')]).toEqual([null, null, null, null]));
