import assert from 'node:assert/strict';
import { anInstrument } from './lib.mjs';

const rows = '.grid .rows .row[data-key]';
const prices = () => [...document.querySelectorAll('.grid .rows .cell.price')].map(cell => cell.textContent).join('|');

export async function table(session) {
  await session.open('/');
  await session.page.locator(rows).first().waitFor();
  await session.until('the connection is live', () => document.querySelector('.connection')?.textContent === 'Live');
  const before = await session.page.evaluate(prices);
  await session.until('prices change', old => [...document.querySelectorAll('.grid .rows .cell.price')].map(cell => cell.textContent).join('|') !== old, before);
  await session.until('a changed cell is marked', () => document.querySelector('.grid [data-flash]') !== null);

  await session.page.getByRole('columnheader', { name: /Chg\s*1h/ }).getByRole('button').click();
  await session.until('the table is sorted by the pressed column', () => document.querySelector('[aria-sort="descending"]')?.textContent.includes('1h'));
  const first = session.page.locator(rows).first();
  const key = await first.getAttribute('data-key');
  await first.locator('.star').click();
  await session.page.keyboard.press('x');
  await session.until('only the watched instrument is left', wanted => {
    const shown = [...document.querySelectorAll('.grid .rows .row[data-key]')].filter(row => row.offsetParent !== null && !row.hidden);
    return shown.length === 1 && shown[0].dataset.key === wanted;
  }, key);
}

export async function filter(session) {
  const heard = [];
  session.page.on('websocket', socket => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
  await session.open('/');
  await session.page.locator(rows).first().waitFor();
  const field = session.page.getByRole('combobox', { name: 'Filter in the rule language' });
  await field.fill('rsii(14,1h) < 30');
  const errors = session.page.locator('.expression-errors li');
  await errors.first().waitFor();
  assert.match(await errors.first().textContent(), /rsii/, 'the error names the wrong word');
  await session.page.getByRole('button', { name: /^Use/ }).click();
  await session.until('the suggestion mends the text', () => document.querySelector('.filter-bar textarea').value.startsWith('rsi(14,1h)'));
  await session.until('the error is gone', () => document.querySelector('.expression-errors') === null);

  await field.fill('change(1h) > 0 and change(1h) <= 0');
  await session.page.getByText('Nothing matches right now').waitFor();
  await field.fill('cha');
  await session.page.locator('.suggestions [role=option]').first().waitFor();
  await session.page.keyboard.press('Tab');
  await session.until('the suggestion was taken', () => /^change\(/.test(document.querySelector('.filter-bar textarea').value));
  await field.fill('');
  await field.pressSequentially('price > 0 ');
  await session.until('the filter has taken effect', () => new URLSearchParams(location.search).get('filter') === 'price > 0');
  assert.equal(await field.inputValue(), 'price > 0 ', 'who types on finds the space that was typed');
  await field.fill('price > 0');
  await session.page.locator(rows).first().waitFor();
  assert.match(session.page.url(), /filter=price/, 'the filter is in the address');
  const isLive = () => heard.some(message => message.startsWith('{"type":"update","subscription":"screener-'));
  for (const end = Date.now() + 30_000; !isLive() && Date.now() < end;) await new Promise(done => setTimeout(done, 100));
  assert.ok(isLive(), 'a filtered table is live too');
  assert.deepEqual(heard.filter(message => message.includes('bad_parameter')), [], 'the gateway takes what the page asks');

  await session.page.locator(`${rows} .symbol`).first().click();
  await session.page.locator('.chart-canvas canvas').first().waitFor();
  await session.page.keyboard.press('Backspace');
  await session.until('who comes back finds the filter', () => new URLSearchParams(location.search).get('filter') === 'price > 0' && document.querySelector('.filter-bar textarea')?.value === 'price > 0');
}

export async function keyboard(session) {
  const { page } = session;
  await session.open('/');
  await page.locator(rows).first().waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await page.keyboard.press('Escape');
  const columns = page.getByRole('button', { name: 'Columns' });
  await columns.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Columns' }).waitFor();
  await page.keyboard.press('Escape');
  await session.until('who closes a dialog is where it was opened', () => document.activeElement.getAttribute('aria-label') === 'Columns');
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.type), 'search', 'the search field has the focus');
  const { symbol } = await anInstrument(session);
  await page.keyboard.type(symbol.slice(0, 3));
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('ArrowDown');
  await session.until('a row is selected', () => document.querySelector('.grid .row.active') !== null);
  await page.keyboard.press('Enter');
  await page.locator('.chart-canvas canvas').first().waitFor();
  await page.keyboard.press('4');
  await session.until('the fourth timeframe is chosen', () => document.querySelector('.chart-tools [aria-pressed="true"]')?.textContent === '1h');
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page.getByRole('heading', { name: 'Alerts', level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Find an instrument' }).waitFor();
  await page.keyboard.type(symbol);
  await session.until('the palette found it', wanted => document.querySelector('.palette [aria-selected="true"] b')?.textContent === wanted, symbol);
  await page.keyboard.press('Enter');
  await session.until('the instrument is open', wanted => location.pathname.endsWith(`/${wanted}`), symbol);

  await session.open('/');
  await page.locator(rows).first().waitFor();
  await page.locator('.grid .head button').first().focus(); // as after a click on it
  await page.keyboard.press('j');
  await session.until('a row is selected while a header has the focus', () => document.querySelector('.grid .row.active') !== null);
  await page.keyboard.press('Enter');
  await page.locator('.chart-canvas canvas').first().waitFor();

  await session.open('/');
  await page.locator(rows).first().waitFor();
  await page.locator('nav a[href="/alerts"]').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Alerts', level: 1 }).waitFor();
}

/** A page of its own whose clock is ours, and that can be cut off from the gateway. */
async function severable(session) {
  const page = await session.fresh();
  let isCut = false;
  const open = new Set();
  await page.routeWebSocket(/\/ws\/v1/, socket => {
    if (isCut) return void socket.close({ code: 1012 });
    socket.connectToServer();
    open.add(socket);
  });
  await page.route(/\/api\/v1\/metrics/, route => (isCut ? new Promise(() => undefined) : route.continue())); // no answer at all
  await page.clock.install();
  const cut = async () => {
    isCut = true;
    for (const socket of open) await socket.close({ code: 1012 });
  };
  return { page, cut };
}

/** When nothing comes any more, the rows say so by themselves, and so does an open instrument. */
export async function stale(session) {
  const { exchange, symbol } = await anInstrument(session);
  const list = await severable(session);
  await session.open('/');
  await list.page.locator(rows).first().waitFor();
  await list.cut();
  await list.page.clock.fastForward(300_000);
  await session.until('every row says how old it is', () => [...document.querySelectorAll('.grid .rows .row[data-key]')].every(row => row.classList.contains('stale') && /old$/.test(row.querySelector('.age').textContent)));

  const { page, cut } = await severable(session);
  await session.open(`/instrument/${exchange}/${symbol}`);
  await page.locator('.instrument-facts').locator('.up, .down').first().waitFor(); // its numbers are there
  await page.locator('.instrument-head .age').waitFor({ state: 'detached' });
  await cut();
  await page.clock.fastForward(300_000);
  await page.locator('.instrument-head .age', { hasText: /old$/ }).waitFor();
}

export async function chart(session) {
  const { exchange, symbol } = await anInstrument(session);
  const { page } = session;
  await session.open(`/instrument/${exchange}/${symbol}`);
  await session.until('the legend reads the newest bar', () => /O\s*[\d.,₀-₉]+.*H.*L.*C/.test(document.querySelector('.legend-bar')?.textContent ?? ''));
  const first = await session.text('.live-price');
  await session.until('the price moves with the market', old => document.querySelector('.live-price').textContent !== old, first);
  await session.until('candles are drawn', () => {
    const canvas = [...document.querySelectorAll('.chart-canvas canvas')].sort((a, b) => b.width * b.height - a.width * a.height)[0];
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let i = 0; i < data.length; i += 4 * 97) colours.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
    return colours.size > 3;
  });

  await page.getByRole('group', { name: 'Timeframe' }).getByRole('button', { name: '1m', exact: true }).click();
  await session.until('the indicator followed the timeframe', () => /\(21,1m\)|ema/.test(document.querySelector('.legend ul')?.textContent ?? ''));
  await page.getByRole('button', { name: 'Indicators' }).click();
  await page.getByRole('searchbox', { name: 'Search metrics', exact: true }).fill('rsi(14,1m)');
  await page.locator('.metric-list input[type=checkbox]').first().check();
  await page.getByRole('button', { name: 'Done' }).click();
  await session.until('the new line tells its value', () => [...document.querySelectorAll('.legend li')].some(li => li.textContent.includes('rsi(14') && /\d/.test(li.querySelector('b').textContent)));
  await session.shot('instrument-indicators');

  const box = await page.locator('.chart-canvas').boundingBox();
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.3);
  await session.until('the crosshair reads an older bar', () => document.querySelector('.legend-bar .dim')?.textContent.match(/\d\d:\d\d/) !== null);
}

/** A chart that stays open asks for the history of its indicators again and again, each time as far back as the gateway answers. */
export async function indicators(session) {
  const { exchange, symbol } = await anInstrument(session);
  const page = await session.fresh({ settings: { timeframe: '5m', indicators: ['volume_ratio(15m)'] } });
  const asked = [];
  page.on('response', async answer => {
    if (!answer.url().includes('/history?')) return;
    await answer.finished().catch(() => null); // only then the page waits for the next
    asked.push({ status: answer.status(), from: Number(new URL(answer.url()).searchParams.get('from')) });
  });
  const answers = async (count, meanwhile) => {
    for (const end = Date.now() + 30_000; asked.length < count && Date.now() < end;) {
      await meanwhile();
      await new Promise(done => setTimeout(done, 500));
    }
  };
  await page.clock.install();
  await session.open(`/instrument/${exchange}/${symbol}`);
  await answers(1, () => undefined);
  for (const round of [2, 3]) await answers(round, () => page.clock.fastForward(61_000)); // again where the page was not that far yet
  assert.deepEqual(asked.slice(0, 3).map(answer => answer.status), [200, 200, 200]);
  assert.ok(asked[1].from > asked[0].from && asked[2].from > asked[1].from, `each question begins later than the one before: ${asked.map(answer => answer.from)}`);
}
