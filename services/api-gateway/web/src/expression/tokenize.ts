export type TokenKind = 'number' | 'duration' | 'keyword' | 'name' | 'operator' | 'comment' | 'space' | 'unknown';
export interface Token { kind: TokenKind; text: string; at: number }

const keywords = new Set(['for', 'or', 'and', 'not', 'crosses_above', 'crosses_below', 'crosses', 'within', 'to', 'of', 'since']);
const patterns: [TokenKind, RegExp][] = [
  ['space', /\s+/y],
  ['comment', /#[^\n]*/y],
  ['duration', /\d+[smhd](?![\w.])/y],
  ['number', /\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?[kMB%]?/iy],
  ['name', /[a-z_]\w*/iy],
  ['operator', /[<>!=]=|[<>()+\-*/,%]/y],
];

/** Only for colours and completion: whether a rule is right is the gateway's to say. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const token = next(text, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function next(text: string, at: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (!found) continue;
    return { kind: kind === 'name' && keywords.has(found.toLowerCase()) ? 'keyword' : kind, text: found, at };
  }
  return { kind: 'unknown', text: text[at]!, at };
}
