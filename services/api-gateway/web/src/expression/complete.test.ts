import { expect, it } from 'vitest';
import { suggest, wordBefore, type Suggestion } from './complete';
import { tokenize } from './tokenize';

const all: Suggestion[] = [
  'rsi(14,1h)', 'rsi(14,5m)', 'price', 'change(5m)', 'rank_change(1h)', 'volume(1h)', 'stochrsi_k(14,14,3,3,1h)',
].map(text => ({ text, kind: 'metric', detail: text === 'rsi(14,1h)' ? 'Relative strength index' : '' }));
const names = (word: string): string[] => suggest(word, all).map(s => s.text);

it('the word reaches back to its name, arguments included', () => {
  expect(wordBefore('price > 5 and rsi(14, 1', 23)).toEqual({ from: 14, word: 'rsi(14, 1' });
  expect(wordBefore('abs(cha', 7)).toEqual({ from: 4, word: 'cha' });
  expect(wordBefore('max(price, vol', 14)).toEqual({ from: 11, word: 'vol' });
  expect(wordBefore('price > ', 8)).toEqual({ from: 8, word: '' });
});

it('what begins like the word comes first', () => expect(names('rsi')[0]).toMatch(/^rsi/));
it('parentheses need not be typed', () => expect(names('rsi1h')[0]).toBe('rsi(14,1h)'));
it('meanings are searched too', () => expect(names('strength')).toEqual(['rsi(14,1h)']));
it('nothing typed, nothing suggested', () => expect(names('')).toEqual([]));

it('tokens cover the text exactly', () => {
  const text = 'rsi(14, 1h) < 30 and volume(5m) > 1.5M # calm\nfor 5m ?';
  const tokens = tokenize(text);
  expect(tokens.map(t => t.text).join('')).toBe(text);
  const kinds = Object.fromEntries(tokens.map(t => [t.text, t.kind]));
  expect(kinds).toMatchObject({ rsi: 'name', '1h': 'duration', '1.5M': 'number', and: 'keyword', '# calm': 'comment', for: 'keyword', '?': 'unknown' });
});
