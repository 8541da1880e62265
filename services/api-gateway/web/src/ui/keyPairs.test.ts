import { expect, it } from 'vitest';
import { isSecond, KeyPairs } from './keyPairs';

const at = (key: string, timeStamp: number): { key: string; timeStamp: number } => ({ key, timeStamp });

it('two keys within a second are a pair, for everybody who listens', () => {
  const pairs = new KeyPairs();
  expect(pairs.of(at('g', 0))).toBe('');
  expect([pairs.of(at('a', 300)), pairs.of(at('a', 300))]).toEqual(['g a', 'g a']);
  expect(pairs.of(at('s', 2_000))).toBe('');
});

it('only what follows the beginning of a pair is no key of its own', () => {
  const pairs = new KeyPairs();
  pairs.of(at('g', 0));
  expect(isSecond(pairs.of(at('a', 100)))).toBe(true);
  expect(isSecond(pairs.of(at('w', 200)))).toBe(false);
  expect(isSecond('')).toBe(false);
});
