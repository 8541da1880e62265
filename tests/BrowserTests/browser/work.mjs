import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { anInstrument } from './lib.mjs';
import { pulse, unique, until } from './alerts.mjs';

const rows = '.grid .rows .row[data-key]';

/** What a trader sets up for tomorrow is there after a reload: a preset as a view, its columns and order, as a file too. */
export async function views(session) {
  const { page } = session;
  await session.open('/');
  await page.locator(rows).first().waitFor();
  const preset = page.getByRole('group', { name: 'Preset filters' }).getByRole('button', { name: 'Oversold' });
  await preset.click();
  await session.until('the preset is in the address', () => new URLSearchParams(location.search).get('filter')?.startsWith('rsi(14,1h)'));
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Mornings');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await page.reload();
  await page.locator(rows).first().waitFor();
  await page.getByRole('button', { name: 'Mornings', exact: true }).click();
  await session.until('the view brought its filter back', () => document.querySelector('.filter-bar textarea').value.startsWith('rsi(14,1h)'));
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await page.locator(rows).first().waitFor();

  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n');
  assert.match(lines[0], /symbol/i, 'the file has a head');
  assert.ok(lines.length > 10, 'the file has the table');
  await page.getByRole('button', { name: 'Delete the view Mornings' }).click();
}

/** Alerts that were silenced in the page are recorded, and nobody is told of them; once the silence is ended they are. */
export async function silence(session) {
  const instrument = await anInstrument(session);
  const page = await session.fresh({ signedIn: true });
  const made = [];
  const of = async id => session.api('GET', `/api/v1/alerts?rule_id=${id}&limit=10`);
  try {
    await pulse(session, instrument, made);
    await until('an alert fires', async () => (await of(made[0])).length > 0);
    await session.open(`/alerts?rule=${made[0]}`);
    const card = page.locator('.alert-card').first();
    await card.getByRole('button', { name: /^Silence alerts like/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Silence' });
    const reason = unique('Maintenance');
    await dialog.getByRole('checkbox', { name: /^Rule/ }).uncheck(); // the instrument, whatever the rule
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await dialog.getByRole('button', { name: 'Silence', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });

    await until('alerts of the instrument are kept still', async () => {
      await pulse(session, instrument, made);
      await new Promise(done => setTimeout(done, 1_500));
      return (await of(made.at(-1)))[0]?.suppressed;
    });
    await page.getByRole('button', { name: 'Silences' }).click();
    const entry = page.getByRole('list', { name: 'Silences' }).locator(`li[title^="${reason}"]`);
    await entry.waitFor();
    await session.look('alerts-silences', 'dialog[open]');
    await entry.getByRole('button', { name: /^End the silence/ }).click();
    await entry.waitFor({ state: 'detached' });
    await until('alerts are told again', async () => {
      await pulse(session, instrument, made);
      await new Promise(done => setTimeout(done, 1_500));
      const [alert] = await of(made.at(-1));
      return alert !== undefined && !alert.suppressed;
    });
  } finally {
    for (const rule of made) await session.api('DELETE', `/api/v1/rules/${rule}`);
  }
}

/** A rule is copied, switched off and on, and asked about the past. */
export async function replay(session) {
  const page = await session.fresh({ signedIn: true, settings: { theme: 'light' } });
  const name = unique('Moves');
  const { id } = await session.api('POST', '/api/v1/rules', { name, expression: 'abs(change(5m)) > 0.05' });
  try {
    await session.open('/rules');
    const row = page.locator('.rules-table tbody tr', { hasText: name });
    await row.locator('.track').click();
    await row.getByText('off', { exact: true }).waitFor();
    await row.locator('.track').click();
    await row.getByText('runs', { exact: true }).waitFor();
    await row.getByRole('link', { name: /^Duplicate/ }).click();
    await session.until('the copy is a draft of its own', wanted => [...document.querySelectorAll('input')].some(input => input.value === `${wanted} (copy)`), name);

    await session.open(`/rules/${id}/replay`);
    await page.getByRole('group', { name: 'Over the last' }).getByRole('button', { name: '6 hours' }).click();
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    const firings = page.locator('section[aria-label=Firings]');
    await firings.waitFor();
    await page.locator('section[aria-label="What the price did next"]').getByRole('rowheader', { name: '5m', exact: true }).waitFor();
    assert.deepEqual(await firings.locator('thead th').allTextContents(), ['When', 'Instrument', 'Price', '5m later', '15m later', '1h later', '4h later', '1d later']);
    const ask = page.getByRole('button', { name: 'Replay', exact: true });
    await ask.hover();
    await session.until('a hovered button can be read', () => {
      const { color, backgroundColor } = getComputedStyle([...document.querySelectorAll('.button.primary')].find(button => button.textContent === 'Replay'));
      return backgroundColor === 'rgb(22, 101, 184)' && color === 'rgb(255, 255, 255)';
    });
    const chart = page.locator('.firing-chart');
    await chart.getByRole('img', { name: 'Candlesticks around the firing' }).locator('canvas').first().waitFor(); // of the first firing, before any is chosen
    await chart.getByText('this firing').waitFor();
    await firings.locator('tbody button').last().click();
    await session.until('the chosen firing is marked', () => document.querySelector('[aria-label=Firings] tbody tr:last-child')?.className === 'picked');
    await session.look('replay');
    await page.setViewportSize({ width: 390, height: 844 });
    await firings.locator('tbody button').nth(Math.min(30, (await firings.locator('tbody button').count()) - 1)).click();
    await session.look('replay-result-phone');
    await page.setViewportSize({ width: 1440, height: 900 });

    await page.route(/\/api\/v1\/replays\//, route => route.fulfill({ status: 404, json: { code: 'not_found', detail: 'There is no such replay.' } }));
    await ask.click();
    await page.getByText('The gateway has forgotten this replay').waitFor();
    await ask.waitFor(); // in the place of the button that stops
    session.errors = session.errors.filter(error => !/404/.test(error)); // the browser tells each refusal
  } finally {
    await session.api('DELETE', `/api/v1/rules/${id}`);
  }
}

/** What somebody has begun to write survives a look at the versions and at the replay; undone, every field is as it was. */
export async function drafts(session) {
  const page = await session.fresh({ signedIn: true });
  const { id } = await session.api('POST', '/api/v1/rules', { name: unique('Draft'), expression: 'price > 1', universe: { include: ['BTC*'] } });
  const only = page.getByRole('textbox', { name: /^Only/ });
  const name = page.getByRole('textbox', { name: 'Name' });
  try {
    await session.open(`/rules/${id}`);
    await name.fill('Half written');
    await only.fill('');
    await only.waitFor({ state: 'visible' });
    await only.fill('ETH*');
    for (const part of ['Versions', 'Replay']) {
      await page.getByRole('link', { name: part, exact: true }).click();
      await name.waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'Edit', exact: true }).click();
      assert.equal(await name.inputValue(), 'Half written', `the name after ${part}`);
      assert.equal(await only.inputValue(), 'ETH*', `the list after ${part}`);
    }
    await page.getByRole('button', { name: 'Undo changes' }).click();
    assert.equal(await only.inputValue(), 'BTC*', 'the list is as it was');
    await page.getByRole('link', { name: 'Versions', exact: true }).click();
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await name.waitFor();
    assert.notEqual(await name.inputValue(), 'Half written', 'what was undone does not come back');
  } finally {
    await session.api('DELETE', `/api/v1/rules/${id}`);
  }
}
