import type { Alert } from '../api/types';
import { alertFeed } from '../live/alertFeed';
import { ruleTitle } from '../rules/ruleNames';
import { price } from '../ui/format';
import { instrumentPath, navigate } from '../ui/router';
import { settings } from '../ui/settings';
import { chime } from './chime';

const shownAtOnce = 3;

/** Sound and browser notifications for what has just fired. */
export function startAnnouncer(): void {
  alertFeed.onArrival(fresh => {
    const fired = fresh.filter(alert => alert.state === 'fired' && !alert.late);
    if (fired.length === 0) return;
    if (settings.current.sound) chime(fired.some(a => a.severity === 'critical') ? 'critical' : fired.some(a => a.severity === 'warning') ? 'warning' : 'info');
    if (settings.current.notifications && document.hidden) fired.slice(0, shownAtOnce).forEach(notify);
  });
}

function notify(alert: Alert): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const note = new Notification(`${alert.symbol} ${ruleTitle(alert.rule_id)}`, { body: `${price(alert.price)} on ${alert.exchange}`, tag: alert.id, icon: '/icon.svg' });
  note.onclick = () => {
    focus();
    navigate(instrumentPath(alert.exchange, alert.symbol));
    note.close();
  };
}

/** Browsers only let a press of a button ask; true when notifications may be shown. */
export async function askForNotifications(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  return (await Notification.requestPermission()) === 'granted';
}
