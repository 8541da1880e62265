import type { ReactNode } from 'react';
import type { ExpressionError } from '../api/types';

/** The errors in words; a suggestion mends the text by one press. */
export function ErrorList({ text, errors, onMend }: { text: string; errors: readonly ExpressionError[]; onMend: (text: string) => void }): ReactNode {
  if (errors.length === 0) return null;
  return (
    <ul className="expression-errors" role="alert">
      {errors.slice(0, 3).map(error => (
        <li key={`${error.position}${error.message}`}>
          <span className="where">{error.line > 1 ? `${error.line}:` : ''}{error.column}</span>
          <span>{error.message}</span>
          {error.suggestion && (
            <button type="button" className="link" onClick={() => onMend(mend(text, error))}>Use <code>{error.suggestion}</code></button>
          )}
        </li>
      ))}
    </ul>
  );
}

export const mend = (text: string, error: ExpressionError): string =>
  text.slice(0, error.position) + (error.suggestion ?? '') + text.slice(error.position + error.length);
