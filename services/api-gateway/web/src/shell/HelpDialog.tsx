import type { ReactNode } from 'react';
import { Dialog } from '../ui/Dialog';

const groups: [string, [string, string][]][] = [
  ['Everywhere', [['?', 'This help'], ['/', 'Search'], ['Ctrl K', 'Find an instrument'], ['Esc', 'Close, or leave a field']]],
  ['Go to', [['g s', 'Screener'], ['g a', 'Alerts'], ['g r', 'Rules'], ['g d', 'Delivery'], ['g y', 'System'], ['g u', 'Account']]],
  ['Screener', [['↑ ↓', 'Select an instrument'], ['j k', 'The same'], ['PageUp PageDown', 'Further at once'], ['Home End', 'The first, the last'], ['Enter', 'Open it'], ['w', 'Put it on the watchlist'], ['x', 'Only the watchlist'], ['f', 'Filter']]],
  ['Instrument', [['1–7', 'Timeframe'], ['i', 'Indicators'], ['w', 'Put it on the watchlist'], ['Backspace', 'Back to the table']]],
  ['Alerts', [['a', 'Acknowledge the opened one']]],
  ['Rule language', [['Tab', 'Take the suggestion'], ['↑ ↓', 'Choose another'], ['Ctrl Enter', 'Save the rule']]],
];

export function HelpDialog({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <Dialog title="Keyboard" size="wide" onClose={onClose}>
      <div className="help">
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>{keys.map(([key, what]) => <div key={key}><dt>{key.split(' ').map(k => <kbd key={k}>{k}</kbd>)}</dt><dd>{what}</dd></div>)}</dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
