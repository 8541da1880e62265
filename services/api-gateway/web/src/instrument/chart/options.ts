import { ColorType, CrosshairMode, TickMarkType, type ChartOptions, type DeepPartial, type Time } from 'lightweight-charts';
import { settings } from '../../ui/settings';
import { colour } from '../../ui/theme';

const ms = (time: Time): number => Number(time) * 1_000;
const zone = (): Intl.DateTimeFormatOptions => (settings.current.utc ? { timeZone: 'UTC' } : {});
const text = (time: Time, options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat('en-GB', { ...options, ...zone() }).format(ms(time));

function tick(time: Time, type: TickMarkType): string {
  switch (type) {
    case TickMarkType.Year: return text(time, { year: 'numeric' });
    case TickMarkType.Month: return text(time, { month: 'short' });
    case TickMarkType.DayOfMonth: return text(time, { day: 'numeric', month: 'short' });
    default: return text(time, { hour: '2-digit', minute: '2-digit' });
  }
}

/** The chart in the page's colours and the reader's time zone. */
export function chartOptions(): DeepPartial<ChartOptions> {
  const line = colour('line');
  return {
    autoSize: true,
    layout: {
      background: { type: ColorType.Solid, color: colour('surface') }, textColor: colour('dim'), fontSize: 11,
      fontFamily: getComputedStyle(document.body).fontFamily,
      attributionLogo: false, // it brings an inline style, which the page's policy forbids; the page names its maker in words
      panes: { separatorColor: line, separatorHoverColor: colour('hover'), enableResize: true },
    },
    grid: { vertLines: { color: line }, horzLines: { color: line } },
    crosshair: {
      mode: CrosshairMode.Normal,
      vertLine: { color: colour('dim'), labelBackgroundColor: colour('line-strong') },
      horzLine: { color: colour('dim'), labelBackgroundColor: colour('line-strong') },
    },
    rightPriceScale: { borderColor: line, scaleMargins: { top: 0.1, bottom: 0.22 } },
    // Far out, bars narrower than half a pixel are drawn as one: a hundred thousand of them still move with the mouse.
    timeScale: { enableConflation: true, borderColor: line, timeVisible: true, secondsVisible: false, rightOffset: 8, barSpacing: 7, minBarSpacing: 0.05, tickMarkFormatter: tick },
    localization: {
      timeFormatter: (time: Time) => text(time, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
    },
  };
}

/** A colour of the style sheet with an opacity, as a canvas knows it. */
export const wash = (name: 'up' | 'down', opacity: number): string => `rgba(${colour(`${name}-rgb`).split(/\s+/).join(', ')}, ${opacity})`;
