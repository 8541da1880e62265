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

/** How a chart begins: its size and the place in time are the reader's afterwards. */
export const firstOptions: DeepPartial<ChartOptions> = {
  autoSize: true,
  layout: { attributionLogo: false }, // it brings an inline style, which the page's policy forbids; the page names its maker in words
  crosshair: { mode: CrosshairMode.Normal },
  handleScroll: { vertTouchDrag: false }, // a finger that goes up or down moves the page: on a phone the chart is most of it
  rightPriceScale: { scaleMargins: { top: 0.1, bottom: 0.22 } },
  // Far out, bars narrower than half a pixel are drawn as one: a hundred thousand of them still move with the mouse.
  timeScale: { enableConflation: true, timeVisible: true, secondsVisible: false, rightOffset: 8, barSpacing: 7, minBarSpacing: 0.05 },
};

/** The page's colours and the reader's time zone, which may change under a chart: nothing that would move it. */
export function shades(): DeepPartial<ChartOptions> {
  const line = colour('line');
  return {
    layout: {
      background: { type: ColorType.Solid, color: colour('surface') }, textColor: colour('dim'), fontSize: 11,
      fontFamily: getComputedStyle(document.body).fontFamily,
      panes: { separatorColor: line, separatorHoverColor: colour('hover'), enableResize: true },
    },
    grid: { vertLines: { color: line }, horzLines: { color: line } },
    crosshair: {
      vertLine: { color: colour('dim'), labelBackgroundColor: colour('line-strong') },
      horzLine: { color: colour('dim'), labelBackgroundColor: colour('line-strong') },
    },
    rightPriceScale: { borderColor: line },
    timeScale: { borderColor: line, tickMarkFormatter: tick },
    localization: {
      timeFormatter: (time: Time) => text(time, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
    },
  };
}

/** A colour of the style sheet with an opacity, as a canvas knows it. */
export const wash = (name: 'up' | 'down', opacity: number): string => `rgba(${colour(`${name}-rgb`).split(/\s+/).join(', ')}, ${opacity})`;
