import type { ReactNode } from 'react';
import type { Severity } from '../api/types';
import { Icon, type IconName } from './Icon';

export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }): ReactNode {
  return <div className="empty"><Icon name={icon} size={28} /><h3>{title}</h3>{children && <p>{children}</p>}</div>;
}

export function Problem({ text, retry }: { text: string; retry?: () => void }): ReactNode {
  return (
    <div className="problem" role="alert">
      <span>{text}</span>
      {retry && <button type="button" className="button small" onClick={retry}>Try again</button>}
    </div>
  );
}

export const SeverityBadge = ({ severity }: { severity: Severity }): ReactNode =>
  <span className={`badge severity ${severity}`}>{severity}</span>;

export const Badge = ({ kind = '', children }: { kind?: string; children: ReactNode }): ReactNode => <span className={`badge ${kind}`}>{children}</span>;

export function Field({ label, hint, error, children }: { label: string; hint?: ReactNode; error?: string | undefined; children: ReactNode }): ReactNode {
  return (
    <label className={`field ${error ? 'invalid' : ''}`}>
      <span className="field-label">{label}</span>
      {children}
      {error ? <span className="field-error" role="alert">{error}</span> : hint && <span className="field-hint">{hint}</span>}
    </label>
  );
}

export function Switch({ checked, onChange, label, hidden = false, disabled = false }: {
  checked: boolean; onChange: (checked: boolean) => void; label: string; hidden?: boolean; disabled?: boolean;
}): ReactNode {
  return (
    <label className="switch" title={label}>
      <input type="checkbox" role="switch" checked={checked} disabled={disabled} aria-label={label} onChange={event => onChange(event.target.checked)} />
      <span className="track" aria-hidden="true" />
      {!hidden && <span>{label}</span>}
    </label>
  );
}

export function Segments<T extends string>({ value, options, onChange, label }: {
  value: T; options: readonly (readonly [T, string])[]; onChange: (value: T) => void; label: string;
}): ReactNode {
  return (
    <div className="segments" role="group" aria-label={label}>
      {options.map(([option, text]) => (
        <button key={option} type="button" aria-pressed={option === value} onClick={() => onChange(option)}>{text}</button>
      ))}
    </div>
  );
}

/** A wide table scrolls in its own box, by keyboard too. */
export const TableBox = ({ label, className = '', children }: { label: string; className?: string; children: ReactNode }): ReactNode =>
  <div className={`table-box ${className}`} tabIndex={0} role="region" aria-label={label}>{children}</div>;

export const Skeleton = ({ lines = 6 }: { lines?: number }): ReactNode => (
  <div className="skeleton" aria-label="Loading">{Array.from({ length: lines }, (_, i) => <div key={i} />)}</div>
);
