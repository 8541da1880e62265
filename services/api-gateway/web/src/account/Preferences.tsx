import type { ReactNode } from 'react';
import { askForNotifications } from '../alerts/announcer';
import { chime } from '../alerts/chime';
import { Segments, Switch } from '../ui/parts';
import { settings, type Settings } from '../ui/settings';
import { useSignal } from '../ui/signal';
import { toast } from '../ui/toast';

export function Preferences(): ReactNode {
  const { theme, utc, sound, notifications } = useSignal(settings);
  const notify = async (on: boolean): Promise<void> => {
    if (on && !(await askForNotifications())) return toast('The browser does not allow notifications for this page.', 'error');
    settings.change({ notifications: on });
  };
  return (
    <section className="panel" aria-label="Preferences">
      <header><h2>Preferences</h2></header>
      <div className="panel-body preferences">
        <div><span>Theme</span><Segments<Settings['theme']> label="Theme" value={theme} onChange={next => settings.change({ theme: next })} options={[['system', 'System'], ['dark', 'Dark'], ['light', 'Light']]} /></div>
        <div><span>Times</span><Segments label="Times" value={utc ? 'utc' : 'local'} onChange={zone => settings.change({ utc: zone === 'utc' })} options={[['local', `Local (${Intl.DateTimeFormat().resolvedOptions().timeZone})`], ['utc', 'UTC']]} /></div>
        <div><span>Sound when an alert fires</span><Switch hidden label="Sound when an alert fires" checked={sound} onChange={on => { settings.change({ sound: on }); if (on) chime('warning'); }} /></div>
        <div><span>Notifications while this page is in the background</span><Switch hidden label="Notifications while this page is in the background" checked={notifications} onChange={on => void notify(on)} /></div>
      </div>
    </section>
  );
}
