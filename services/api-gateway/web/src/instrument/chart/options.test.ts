import { expect, it, vi } from 'vitest';
import { firstOptions, shades } from './options';

vi.mock('lightweight-charts', () => ({ ColorType: { Solid: 'solid' }, CrosshairMode: { Normal: 0 }, TickMarkType: {} }));
vi.mock('../../ui/theme', () => ({ colour: (name: string) => name }));
vi.stubGlobal('document', { body: null });
vi.stubGlobal('getComputedStyle', () => ({ fontFamily: 'sans-serif' }));

it('another theme or time zone leaves a chart where it is: its place and its scale are given once', () => {
  expect(Object.keys(firstOptions.timeScale!)).toEqual(expect.arrayContaining(['barSpacing', 'rightOffset']));
  expect(Object.keys(shades().timeScale!)).toEqual(['borderColor', 'tickMarkFormatter']);
});
