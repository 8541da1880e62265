import { useState, type ReactNode } from 'react';
import { Field } from '../ui/parts';
import { durationText, secondsOf } from './durations';

/** A time as people write it, kept in seconds. What cannot be read changes nothing and is not submitted. */
export function DurationField({ label, hint, seconds, error, onChange }: { label: string; hint: string; seconds: number; error: string | undefined; onChange: (seconds: number) => void }): ReactNode {
  const [text, setText] = useState(durationText(seconds));
  const isUnread = secondsOf(text) === null;
  const type = (typed: string): void => {
    setText(typed);
    const read = secondsOf(typed);
    if (read !== null) onChange(read);
  };
  return (
    <Field label={label} hint={hint} error={isUnread ? 'like 90s, 5m or 1h 30m' : error}>
      <input value={text} placeholder="0s" autoComplete="off" spellCheck={false} autoCapitalize="off" pattern="\s*(\d+|(\d+\s*[dhmsDHMS]\s*)+)?" title="Like 90s, 5m or 1h 30m"
        onChange={event => type(event.target.value)} onBlur={() => { const read = secondsOf(text); if (read !== null) setText(durationText(read)); }} />
    </Field>
  );
}
