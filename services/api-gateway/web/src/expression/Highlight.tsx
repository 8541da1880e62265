import type { ReactNode } from 'react';
import type { ExpressionError } from '../api/types';
import { tokenize } from './tokenize';

export function Highlight({ text, errors = [] }: { text: string; errors?: readonly ExpressionError[] }): ReactNode {
  return tokenize(text).map(token => {
    const isWrong = errors.some(e => e.position < token.at + token.text.length && token.at < e.position + Math.max(1, e.length));
    return <span key={token.at} className={`t-${token.kind}${isWrong ? ' wrong' : ''}`}>{token.text}</span>;
  });
}

/** A rule as it stands in lists. */
export const Expression = ({ text }: { text: string }): ReactNode => <code className="expression-text"><Highlight text={text} /></code>;
