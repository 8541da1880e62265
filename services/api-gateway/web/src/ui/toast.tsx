import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { Signal, useSignal } from './signal';

interface Toast { id: number; text: string; kind: 'info' | 'error' }

const shown = new Signal<readonly Toast[]>([]);
let next = 0;

export function toast(text: string, kind: Toast['kind'] = 'info'): void {
  const id = ++next;
  shown.set([...shown.current.slice(-3), { id, text, kind }]);
  setTimeout(() => dismiss(id), kind === 'error' ? 9_000 : 4_000);
}

const dismiss = (id: number): void => shown.set(shown.current.filter(t => t.id !== id));

export function Toasts(): ReactNode {
  const toasts = useSignal(shown);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => { // a dialog covers all that was not raised above it
    if (!('popover' in HTMLElement.prototype)) return;
    if (box.current!.matches(':popover-open')) box.current!.hidePopover();
    if (toasts.length > 0) box.current!.showPopover();
  }, [toasts]);
  return (
    <div ref={box} className="toasts" popover="manual" role="status" aria-live="polite">
      {toasts.map(t => (
        <button key={t.id} type="button" className={`toast ${t.kind}`} onClick={() => dismiss(t.id)} title="Dismiss">{t.text}</button>
      ))}
    </div>
  );
}
