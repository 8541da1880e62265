import { expect, it } from 'vitest';
import { answerOf } from './words';

it.each([
  [410, 'answered 410', 'answered 410'], [500, 'no such bot', '500 no such bot'], [204, null, '204'], [null, 'no answer within 10 s', 'no answer within 10 s'], [null, null, ''],
])('%s and %s are told as %s', (last_status, last_error, words) => expect(answerOf({ last_status, last_error })).toBe(words));
