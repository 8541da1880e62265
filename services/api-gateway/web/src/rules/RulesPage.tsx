import type { ReactNode } from 'react';
import { RuleList } from './RuleList';
import { RulePage } from './RulePage';
import '../styles/rules.css';

export default function RulesPage({ id, part }: { id: string | null; part: string | null }): ReactNode {
  return id === null ? <RuleList /> : <RulePage key={id} id={id} part={part} />;
}
