import assert from 'node:assert/strict';
import { anInstrument } from './lib.mjs';

const minute = 60_000;
const reach = 60_000; // bars

/** Far more minutes than a simulated market has, from the newest back: a wave, so that something is under the pointer everywhere. */
function pageBefore(before, limit) {
  const items = [];
  for (let time = before - limit * minute; time < before; time += minute) {
    const price = 100 + 10 * Math.sin(time / minute / 50);
    items.push([time, price, price + 1.5, price - 1.5, price + 0.5, 10, 1_000, 7, 4]);
  }
  return items;
}

/** Older bars come while the pointer rests on newer ones, drags them and turns the wheel over them. */
export async function history(session) {
  const { exchange, symbol } = await anInstrument(session);
  const { page } = session;
  const newest = Math.floor(Date.now() / minute) * minute;
  let given = 0;
  await page.route('**/api/v1/candles/**', async route => {
    const asked = new URL(route.request().url()).searchParams;
    const before = Number(asked.get('cursor') ?? newest + minute);
    const limit = Math.min(Number(asked.get('limit')), Math.max(0, reach - given));
    given += limit;
    await route.fulfill({ json: { items: pageBefore(before, limit), next: given < reach ? String(before - limit * minute) : null } });
  });
  await session.open(`/instrument/${exchange}/${symbol}`);
  await page.locator('.chart-canvas canvas').first().waitFor();
  given = 0;
  await page.getByRole('group', { name: 'Timeframe' }).getByRole('button', { name: '1m', exact: true }).click();
  await session.until('the legend reads a bar', () => /C\s*[\d.,]+/.test(document.querySelector('.legend-bar')?.textContent ?? ''));
  const box = await page.locator('.chart-canvas').boundingBox();
  const [left, right, height] = [box.x + 100, box.x + box.width - 200, box.y + box.height / 3];
  await page.mouse.move((left + right) / 2, height);
  for (let turn = 0; turn < 60; turn++) await page.mouse.wheel(0, 400);
  for (let drag = 0; drag < 40 && given < reach; drag++) {
    await page.mouse.move(left, height);
    await page.mouse.down();
    await page.mouse.move(right, height, { steps: 10 });
    await page.mouse.up();
  }

  assert.ok(given >= reach, `the chart asked for ${given} of ${reach} bars`);
  await page.mouse.move(left, height, { steps: 10 });
  await session.until('the crosshair reads an old bar', () => document.querySelector('.legend-bar .dim')?.textContent.match(/\d\d:\d\d/) !== null);
  await session.shot('instrument-history');
}
