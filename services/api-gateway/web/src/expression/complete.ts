import type { Completion, Metric } from '../api/types';

export interface Suggestion { text: string; kind: 'metric' | 'function' | 'keyword'; detail: string }

/** The word the caret is in or behind: a name, perhaps with the beginning of its arguments. */
export function wordBefore(text: string, caret: number): { from: number; word: string } {
  const match = /[a-z_]\w*(?:\([\w\s,.]*)?$/i.exec(text.slice(0, caret));
  if (!match) return { from: caret, word: '' };
  // abs(rsi…: the arguments of a function are words of their own
  const inner = /^(?:abs|min|max|previous|crosses\w*|rank)\((?:.*[,\s])?([a-z_]\w*)?$/i.exec(match[0]);
  if (inner) return { from: caret - (inner[1]?.length ?? 0), word: inner[1] ?? '' };
  return { from: match.index, word: match[0] };
}

/** The best dozen for a word; `rsi1h` finds `rsi(14,1h)`. */
export function suggest(word: string, all: readonly Suggestion[], limit = 12): Suggestion[] {
  const wanted = squeeze(word);
  if (wanted === '') return [];
  const found: { suggestion: Suggestion; score: number }[] = [];
  for (const suggestion of all) {
    const score = rate(squeeze(suggestion.text), wanted, suggestion);
    if (score > 0) found.push({ suggestion, score });
  }
  found.sort((a, b) => b.score - a.score || a.suggestion.text.length - b.suggestion.text.length);
  return found.slice(0, limit).map(f => f.suggestion);
}

export function suggestions(completion: Completion | null, catalogue: readonly Metric[]): Suggestion[] {
  const functions = completion?.functions.map(f => ({ text: `${f.name}(`, kind: 'function' as const, detail: f.help })) ?? [];
  const keywords = completion?.keywords.map(k => typeof k === 'string'
    ? { text: k, kind: 'keyword' as const, detail: '' }
    : { text: k.name, kind: 'keyword' as const, detail: k.help ?? '' }) ?? [];
  return [...catalogue.map(m => ({ text: m.name, kind: 'metric' as const, detail: m.meaning })), ...functions, ...keywords];
}

const squeeze = (text: string): string => text.toLowerCase().replace(/[\s(),]/g, '');

function rate(text: string, wanted: string, suggestion: Suggestion): number {
  if (text === wanted) return suggestion.kind === 'keyword' ? 0 : 1_000; // a whole keyword needs no help
  if (text.startsWith(wanted)) return 500 - text.length;
  if (isSubsequence(wanted, text) && text[0] === wanted[0]) return 200 - text.length;
  return wanted.length > 2 && suggestion.detail.toLowerCase().includes(wanted) ? 50 : 0;
}

function isSubsequence(small: string, large: string): boolean {
  let i = 0;
  for (const c of large) if (c === small[i]) i++;
  return i === small.length;
}
