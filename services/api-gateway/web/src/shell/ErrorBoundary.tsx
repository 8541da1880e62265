import { Component, type ReactNode } from 'react';
import { Empty } from '../ui/parts';

/** One broken view must not take the page with it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } { return { error }; }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return (
      <div className="page">
        <Empty icon="system" title="This view failed">{this.state.error.message}</Empty>
        <p className="centred"><button type="button" className="button" onClick={() => location.reload()}>Load the page again</button></p>
      </div>
    );
  }
}
