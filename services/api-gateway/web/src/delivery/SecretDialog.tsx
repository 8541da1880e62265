import { useState, type ReactNode } from 'react';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';

/** Something that is shown once. Neither Escape nor a press beside it closes it by accident. */
export function SecretDialog({ name, secret, what, onClose }: { name: string; secret: string; what: string; onClose: () => void }): ReactNode {
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => void navigator.clipboard?.writeText(secret).then(() => setCopied(true), () => undefined);
  return (
    <Dialog title={`${what} of ${name}`} size="small" footer={<button type="button" className="button primary" onClick={onClose}>I have stored it</button>}>
      <p className="soft">Copy it now: it is shown this once and cannot be read again.</p>
      <div className="secret"><code>{secret}</code><button type="button" className="icon-button" aria-label="Copy" onClick={copy}><Icon name={isCopied ? 'check' : 'copy'} size={16} /></button></div>
      <p role="status" className="dim">{isCopied ? 'Copied.' : ' '}</p>
    </Dialog>
  );
}
