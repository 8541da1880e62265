import { expect, it } from 'vitest';
import { defaults, sane } from './settings';

it('settings of a strange hand are replaced where they do not fit', () => {
  expect(sane({ theme: 'light', columns: 'price', list: 'Majors', utc: 1, unknown: true })).toEqual({ ...defaults, theme: 'light', list: 'Majors' });
  expect(sane(null)).toEqual(defaults);
  expect(sane('x')).toEqual(defaults);
});
