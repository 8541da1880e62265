import { useRef, useState, type ReactNode } from 'react';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';

/** Something that is shown once. Neither Escape nor a press beside it closes it by accident. */
export function SecretDialog({ name, secret, what, onClose }: { name: string; secret: string; what: string; onClose: () => void }): ReactNode {
  const [isCopied, setCopied] = useState(false);
  const text = useRef<HTMLElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(secret);
      setCopied(true);
    } catch { // over plain http a page has no clipboard: what is selected can be copied all the same
      getSelection()?.selectAllChildren(text.current!);
      setCopied(document.execCommand('copy'));
    }
  };
  return (
    <Dialog title={`${what} of ${name}`} size="small" footer={<button type="button" className="button primary" onClick={onClose}>I have stored it</button>}>
      <p className="soft">Copy it now: it is shown this once and cannot be read again.</p>
      <div className="secret"><code ref={text}>{secret}</code><button type="button" className="icon-button" aria-label="Copy" onClick={() => void copy()}><Icon name={isCopied ? 'check' : 'copy'} size={16} /></button></div>
      <p role="status" className="dim">{isCopied ? 'Copied.' : ' '}</p>
    </Dialog>
  );
}
