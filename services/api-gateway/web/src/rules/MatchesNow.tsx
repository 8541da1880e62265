import { useEffect, useState, type ReactNode } from 'react';
import { post } from '../api/http';
import { messageOf } from '../api/problem';
import type { Preview, Universe } from '../api/types';
import { useCatalogue } from '../expression/useLanguage';
import { columnOf, textOf } from '../screener/columns';
import { venue } from '../screener/GridRow';
import { baseOf } from '../screener/quote';
import { priceOf } from '../ui/format';
import { instrumentPath, Link } from '../ui/router';
import { TableBox } from '../ui/parts';

const renewMs = 3_000;
const settleMs = 400;
const columnsAtMost = 4;

/** What the gateway says of the condition; `null` while it is being asked. */
type Verdict = boolean | null;

/** Where the condition holds at this moment, over all live instruments. */
export function MatchesNow({ expression, universe, verdict }: { expression: string; universe: Universe; verdict: Verdict }): ReactNode {
  const [state, setState] = useState<{ preview: Preview | null; error: string | null }>({ preview: null, error: null });
  const catalogue = useCatalogue();
  const isValid = verdict === true;
  const question = JSON.stringify({ expression, universe });

  useEffect(() => {
    if (!isValid) return setState({ preview: null, error: null });
    let timer = 0;
    let isOver = false;
    const ask = async (): Promise<void> => {
      if (!document.hidden) {
        const next = await post<Preview>('/api/v1/rules/preview', JSON.parse(question)).then(preview => ({ preview, error: null }), e => ({ preview: null, error: messageOf(e) }));
        if (!isOver) setState(next);
      }
      if (!isOver) timer = window.setTimeout(() => void ask(), renewMs);
    };
    timer = window.setTimeout(() => void ask(), settleMs);
    return () => { isOver = true; clearTimeout(timer); };
  }, [question, isValid]);

  const { preview, error } = state;
  const names = Object.keys(preview?.matches[0]?.values ?? {}).filter(name => name !== 'price').slice(0, columnsAtMost);

  return (
    <section className="panel matches" aria-label="Matches now">
      <header><h2>Matches now</h2>{preview && <span role="status" className={`match-count ${preview.total > 0 ? 'some' : ''}`}>{preview.total}</span>}</header>
      {error ? <p className="quiet">{error}</p>
        : expression.trim() === '' ? <p className="quiet">Write a condition; the instruments for which it is true appear here, live.</p>
        : verdict === false ? <p className="quiet">Mend the condition; then what it is true for appears here.</p>
        : verdict === null ? <p className="quiet">Checking …</p>
        : !preview ? <p className="quiet">Looking …</p>
        : preview.total === 0 ? <p className="quiet">True for no instrument at this moment. It fires as soon as it is.</p>
        : (
          <TableBox label="Matching instruments" className="matches-scroll">
            <table className="table dense">
              <thead><tr><th>Instrument</th><th className="num">Price</th>{names.map(name => <th key={name} className="num" title={name}>{columnOf(name).title} {columnOf(name).frame}</th>)}</tr></thead>
              <tbody>
                {preview.matches.map(match => (
                  <tr key={`${match.exchange}:${match.symbol}`}>
                    <td><Link to={instrumentPath(match.exchange, match.symbol)}><b>{baseOf(match.symbol)}</b></Link> <small>{venue(match.exchange)}</small></td>
                    <td className="num">{priceOf(match.price, match.exchange, match.symbol)}</td>
                    {names.map(name => <td key={name} className="num">{textOf(columnOf(name, catalogue.find(m => m.name === name)), match.values[name])}</td>)}
                  </tr>
                ))}
              </tbody>
            </table>
          </TableBox>
        )}
      {preview && preview.total > 20 && <p className="hint">That is many: a rule that holds for most instruments fires often.</p>}
    </section>
  );
}
