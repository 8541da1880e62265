import type { ReactNode } from 'react';
import { Dialog } from './Dialog';

/** Asks before something that cannot be taken back. */
export function Confirm({ title, action, children, onConfirm, onClose }: { title: string; action: string; children: ReactNode; onConfirm: () => void; onClose: () => void }): ReactNode {
  return (
    <Dialog title={title} size="small" onClose={onClose}
      footer={<><button type="button" className="button ghost" onClick={onClose}>Cancel</button>
        <button type="button" className="button danger" onClick={() => { onClose(); onConfirm(); }}>{action}</button></>}>
      <p className="soft">{children}</p>
    </Dialog>
  );
}
