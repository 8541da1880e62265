import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { screenerAddress } from '../screener/place';
import { typing, useHotkeys } from '../ui/hotkeys';
import { Skeleton } from '../ui/parts';
import { navigate, usePath } from '../ui/router';
import { Toasts } from '../ui/toast';
import { ErrorBoundary } from './ErrorBoundary';
import { HelpDialog } from './HelpDialog';
import { Nav } from './Nav';
import { pageOf } from './pages';
import { SearchPalette } from './SearchPalette';
import { TopBar } from './TopBar';

export function App(): ReactNode {
  const path = usePath();
  const page = pageOf(path);
  const [dialog, setDialog] = useState<'help' | 'search' | null>(null);
  useEffect(() => { document.title = `${page.title} · CryptoScreener`; }, [page.title]);

  useHotkeys({
    '?': () => setDialog('help'),
    'g s': () => navigate(screenerAddress()), 'g a': () => navigate('/alerts'), 'g r': () => navigate('/rules'),
    'g d': () => navigate('/delivery'), 'g y': () => navigate('/system'), 'g u': () => navigate('/account'),
    ...(page.name === 'screener' ? {} : { '/': () => setDialog('search') }),
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const isInField = event.key === 'Escape' && !event.defaultPrevented && typing(event.target) && !document.querySelector('dialog[open]');
      if (isInField) (event.target as HTMLElement).blur(); // the keys of the view are at hand again
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setDialog('search');
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);

  return (
    <div className="app">
      <a className="skip" href="#main">Skip to the content</a>
      <TopBar onSearch={() => setDialog('search')} onHelp={() => setDialog('help')} />
      <Nav page={page.name} />
      <main id="main" tabIndex={-1}>
        <ErrorBoundary key={path}>
          <Suspense fallback={<div className="page"><Skeleton lines={10} /></div>}>{page.render()}</Suspense>
        </ErrorBoundary>
      </main>
      {dialog === 'help' && <HelpDialog onClose={() => setDialog(null)} />}
      {dialog === 'search' && <SearchPalette onClose={() => setDialog(null)} />}
      <Toasts />
    </div>
  );
}
