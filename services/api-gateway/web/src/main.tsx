import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startSession } from './account/session';
import { startSync } from './account/sync';
import { startTheme } from './ui/theme';
import { alertFeed } from './live/alertFeed';
import { instruments } from './live/instruments';
import { startSocket } from './live/socket';
import { startAnnouncer } from './alerts/announcer';
import { App } from './shell/App';
import './styles/base.css';
import './styles/parts.css';
import './styles/shell.css';
import './styles/screener.css';
import './styles/expression.css';

startTheme();
startSession(); // before the components that follow the key: they must not ask for what is no longer theirs
instruments.start();
startSocket();
alertFeed.start();
startAnnouncer();
startSync();
createRoot(document.getElementById('root')!).render(<StrictMode><App /></StrictMode>);
