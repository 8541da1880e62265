import { expect, it } from 'vitest';
import { stateCounts } from './states';

it('tells first and always what fires, the rest where there is any', () => {
  expect(stateCounts({ inactive: 17, pending: 0, firing: 2, recovering: 0, no_data: 1 })).toBe('2 firing · 1 no data · 17 inactive');
  expect(stateCounts({ inactive: 0, pending: 0, firing: 0, recovering: 0, no_data: 0 })).toBe('0 firing');
});
