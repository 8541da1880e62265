import { useEffect, useRef, type MouseEvent, type ReactNode, type RefObject } from 'react';
import type { FrameTable } from '../live/FrameTable';
import { instrumentPath, navigate } from '../ui/router';
import type { Column } from './columns';
import { GridBody, type GridOptions } from './GridBody';

interface Props {
  table: FrameTable; columns: readonly Column[]; options: GridOptions; body: RefObject<GridBody | null>;
  onSort: (name: string) => void; onWatch: (key: string) => void;
}

const narrow = matchMedia('(max-width: 720px)');
export const rowHeight = (): number => (matchMedia('(pointer: coarse)').matches ? 44 : 34);

export function Grid({ table, columns, options, body, onSort, onWatch }: Props): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const [sorted, isDescending] = options.sort.startsWith('-') ? [options.sort.slice(1), true] : [options.sort, false];

  useEffect(() => {
    const made = new GridBody(scroller.current!, canvas.current!, table, columns, rowHeight(), options);
    body.current = made;
    return () => { made.dispose(); body.current = null; };
    // eslint-disable-next-line -- options change below, without a new body
  }, [table, columns]);
  useEffect(() => body.current?.change(options), [options]);

  useEffect(() => {
    const [nameWidth, sparkWidth] = narrow.matches ? [134, 60] : [158, 90];
    const widths = [`minmax(${nameWidth}px, 1.4fr)`, `${sparkWidth}px`, ...columns.map(c => `minmax(${c.width}px, 1fr)`)];
    scroller.current!.style.setProperty('--cols', widths.join(' '));
    scroller.current!.style.setProperty('--least', `${columns.reduce((sum, c) => sum + c.width, nameWidth + sparkWidth)}px`);
    scroller.current!.style.setProperty('--row', `${rowHeight()}px`);
  }, [columns]);

  const click = (event: MouseEvent): void => {
    const target = event.target as Element;
    const key = target.closest<HTMLElement>('[data-key]')?.dataset.key;
    if (!key) return;
    if (target.closest('.star')) return onWatch(key);
    if (event.metaKey || event.ctrlKey || event.shiftKey || getSelection()?.type === 'Range') return;
    event.preventDefault();
    const [exchange, symbol] = key.split(':') as [string, string];
    navigate(instrumentPath(exchange, symbol));
  };

  const head = (name: string, title: string, frame: string, className: string, meaning: string): ReactNode => (
    <div key={name} role="columnheader" className={`cell ${className}`} aria-sort={sorted === name ? (isDescending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" title={meaning} onClick={() => onSort(name)}>
        <span className="head-title">{title}</span>{frame && <span className="head-frame">{frame}</span>}
        <span className="arrow" aria-hidden="true">{sorted === name ? (isDescending ? '↓' : '↑') : ''}</span>
      </button>
    </div>
  );

  return (
    <div ref={scroller} className="grid" role="grid" aria-label="Instruments" aria-colcount={columns.length + 2} tabIndex={0} onClick={click}>
      <div className="row head" role="row" aria-rowindex={1}>
        {head('symbol', 'Instrument', '', 'name', 'Sort by name')}
        <div role="columnheader" className="cell spark"><span className="head-title">Last 12 h</span></div>
        {columns.map(c => head(c.name, c.title, c.frame, c.look, `${c.name}: ${c.meaning}`))}
      </div>
      <div ref={canvas} className="rows" role="rowgroup" />
    </div>
  );
}
