import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { Icon } from './Icon';

/** Without `onClose` only what stands in the footer ends it. */
interface Props { title: string; onClose?: () => void; children: ReactNode; size?: 'small' | 'medium' | 'wide'; footer?: ReactNode }

/** A modal dialog: the browser's own, which keeps focus inside and closes on Escape. A press beside it throws away nothing that was typed. */
export function Dialog({ title, onClose, children, size = 'medium', footer }: Props): ReactNode {
  const ref = useRef<HTMLDialogElement>(null);
  const isTyped = useRef(false);
  useLayoutEffect(() => { // before it is taken off the page: only then the focus goes back to where it was
    const dialog = ref.current!;
    if (!dialog.open) dialog.showModal();
    // By itself the browser chooses the button that closes: typing would go nowhere, and Enter would close.
    dialog.querySelector<HTMLElement>('.dialog-body :is(input, textarea, select), footer button')?.focus();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={`dialog ${size}`}
      aria-label={title}
      onCancel={event => { event.preventDefault(); onClose?.(); }}
      onClose={() => { if (!onClose) ref.current?.showModal(); }} // who presses Escape twice is not asked a second time by the browser
      onInput={event => { isTyped.current ||= isText(event); }}
      onMouseDown={event => { if (event.target === ref.current && !isTyped.current) onClose?.(); }}
    >
      <div className="dialog-box">
        <header>
          <h2>{title}</h2>
          {onClose && <button type="button" className="icon-button" aria-label="Close" onClick={onClose}><Icon name="close" /></button>}
        </header>
        <div className="dialog-body">{children}</div>
        {footer && <footer>{footer}</footer>}
      </div>
    </dialog>
  );
}

/** What is searched for is no work that could be lost. */
const isText = ({ target }: { target: EventTarget }): boolean =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !['search', 'checkbox', 'radio'].includes(target.type));
