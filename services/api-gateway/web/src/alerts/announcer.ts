import { serverNow } from '../api/serverTime';
import type { Alert } from '../api/types';
import { alertFeed } from '../live/alertFeed';
import { ruleNames, ruleTitle } from '../rules/ruleNames';
import { priceOf } from '../ui/format';
import { instrumentPath, navigate } from '../ui/router';
import { settings } from '../ui/settings';
import { toast } from '../ui/toast';
import { announcementOf } from './announcement';
import { chime } from './chime';

let canNotify = true;

/** Sound and browser notifications for what has just fired. */
export function startAnnouncer(): void {
  alertFeed.onArrival(fresh => {
    const announcement = announcementOf(fresh, serverNow());
    if (announcement === null) return;
    if (settings.current.sound) chime(announcement.worst);
    if (!settings.current.notifications || !document.hidden) return;
    if (announcement.summary !== null) notify(announcement.summary, null);
    const tell = (): void => announcement.each.forEach(alert => notify(`${alert.symbol} ${ruleTitle(alert.rule_id)}`, alert));
    const names = ruleNames.whenKnown(announcement.each.map(alert => alert.rule_id));
    if (names === null) tell();
    else void names.then(tell); // what is announced is not written anew
  });
}

/** A later summary takes the place of the one before, and is heard again. */
function notify(title: string, alert: Alert | null): void {
  if (!canNotify || !('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    const options: NotificationOptions & { renotify: boolean } = { tag: alert?.id ?? 'summary', renotify: alert === null, icon: '/icon.svg' };
    if (alert) options.body = `${priceOf(alert.price, alert.exchange, alert.symbol)} on ${alert.exchange}`;
    const note = new Notification(title, options);
    note.onclick = () => {
      focus();
      navigate(alert ? instrumentPath(alert.exchange, alert.symbol) : '/alerts');
      note.close();
    };
  } catch {
    canNotify = false; // phones let installed apps notify, not pages; the account's other browsers still do
    toast('This browser shows no notifications of pages. Sound still works; an endpoint reaches you anywhere.', 'error');
  }
}

/** Browsers only let a press of a button ask; true when notifications may be shown. */
export async function askForNotifications(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  return (await Notification.requestPermission()) === 'granted';
}
