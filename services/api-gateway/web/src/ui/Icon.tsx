import type { ReactNode } from 'react';

const paths = {
  screener: 'M3 5h14M3 10h14M3 15h9',
  chart: 'M5 4v12M5 7h0M10 3v14M15 6v10 M3.5 7h3v6h-3z M8.5 6h3v7h-3z M13.5 9h3v4h-3z',
  alerts: 'M10 3a4.5 4.5 0 0 0-4.5 4.5c0 4-1.5 5-1.5 6h12c0-1-1.5-2-1.5-6A4.5 4.5 0 0 0 10 3zM8.3 16.2a1.8 1.8 0 0 0 3.4 0',
  rules: 'M4 6h7M15 6h1M4 14h1M9 14h7M13 4v4M7 12v4',
  delivery: 'M3 10l14-6-5 13-3-5z M9 12l8-8',
  system: 'M3 11h3l2-6 4 10 2-4h3',
  account: 'M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4.5 16.5c.8-3 3-4.2 5.5-4.2s4.7 1.2 5.5 4.2',
  search: 'M9 14.500A5.5 5.5 0 1 0 9 3.500a5.5 5.5 0 0 0 0 11zM13 13l4 4',
  star: 'M10 3.200l2.1 4.3 4.7.7-3.4 3.3.8 4.7-4.2-2.2-4.2 2.2.8-4.7-3.4-3.3 4.7-.7z',
  close: 'M5 5l10 10M15 5L5 15',
  plus: 'M10 4v12M4 10h12',
  check: 'M4 10.500l4 4 8-9',
  columns: 'M4 4h12v12H4zM8.5 4v12M12.5 4v12',
  download: 'M10 3v9M6 9l4 4 4-4M4 16.500h12',
  sun: 'M10 13.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.300l1.4 1.400M14.3 14.300l1.4 1.400M4.3 15.700l1.4-1.400M14.3 5.700l1.4-1.4',
  moon: 'M16 11.500A6.5 6.5 0 0 1 8.5 4a6.5 6.5 0 1 0 7.5 7.500z',
  help: 'M7.5 7.500a2.5 2.5 0 1 1 3.7 2.200c-.8.4-1.2.9-1.2 1.800M10 14.500v.1',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  back: 'M12 4l-6 6 6 6',
  external: 'M8 4H4v12h12v-4M11 4h5v5M16 4l-7 7',
  sound: 'M4 8v4h3l4 3V5L7 8zM14 7.500a4 4 0 0 1 0 5',
  mute: 'M4 8v4h3l4 3V5L7 8zM14 8l3 4M17 8l-3 4',
  pause: 'M7 4v12M13 4v12',
  play: 'M6 4l10 6-10 6z',
  copy: 'M7 7h9v9H7zM13 7V4H4v9h3',
  edit: 'M4 16l.8-3.500L13 4.300l2.7 2.7-8.2 8.200zM11.5 6l2.5 2.5',
  trash: 'M4 6h12M8 6V4h4v2M6 6l.7 10h6.600L14 6',
  history: 'M4 10a6 6 0 1 0 2-4.500L4 7M4 4v3h3M10 7v3.300l2 1.5',
  refresh: 'M16 10a6 6 0 1 1-2-4.500L16 7M16 4v3h-3',
  down: 'M5 8l5 5 5-5',
  filter: 'M3 5h14l-5.5 6v5l-3-1.500V11z',
  key: 'M12.5 11.500a4 4 0 1 0-3.7-2.500L4 13.800V16h3v-2h2v-2l1.5-1.2',
  save: 'M5 3h10v14l-5-3.500L5 17z',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 18, filled = false }: { name: IconName; size?: number; filled?: boolean }): ReactNode {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false"
      fill={filled ? 'currentColor' : 'none'} stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round">
      <path d={paths[name]} />
    </svg>
  );
}
