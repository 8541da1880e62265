import assert from 'node:assert/strict';
import { receiver, unique } from './alerts.mjs';
import { anInstrument } from './lib.mjs';

const dialog = 'dialog[open]';

/** Each view, and how one knows that it has filled. */
const viewsOf = instrument => [
  ['screener', '/', '.grid .rows .row .spark path[d*="L"]'],
  ['instrument', `/instrument/${instrument.exchange}/${instrument.symbol}`, '.chart-canvas canvas'],
  ['alerts', '/alerts', '.alert-card, .alert-burst, .alert-list .empty'],
  ['rules', '/rules', '.rules-table tbody tr'],
  ['rule-new', '/rules/new?expression=change(1h)%20%3E%200', '.match-count'],
  ['rule', '/rules/futures_pioneer_bull', '.match-count'],
  ['replay', '/rules/futures_pioneer_bull/replay', '.replay-ask'],
  ['versions', '/rules/futures_pioneer_bull/versions', '.versions li'],
  ['delivery', '/delivery', '.delivery-page .panel'],
  ['system', '/system', '.plot path[d]'],
  ['account', '/account', '.account-page .table tbody tr'],
];

/** What opens above a view, looked at in passing. */
const opened = {
  async screener({ page, look }) {
    await page.keyboard.press('?');
    await look('keys');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.locator('.palette li').first().waitFor();
    await look('search');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Columns' }).click();
    await look('columns');
    await page.keyboard.press('Escape');
  },
  async alerts({ page, look }) {
    const burst = page.locator('.alert-burst .alert-open').first();
    if (await burst.count() === 0) return; // a quiet market
    await burst.click();
    await look('burst', '.alert-burst');
  },
  async delivery({ page, look }) {
    await page.getByRole('button', { name: 'New endpoint' }).click();
    await look('endpoint');
    await page.keyboard.press('Escape');
  },
  async account({ page, look }) { // the gateway refuses what is no page: one comes there only within the page
    await page.evaluate(() => { history.pushState(null, '', '/nowhere'); dispatchEvent(new PopStateEvent('popstate')); });
    await page.getByText('There is no such page').waitFor();
    await look('missing', 'main');
  },
};

/** The map of correlations is below the fold. */
async function heatMap({ page, look }) {
  await page.locator('.heat tbody td').first().waitFor();
  await page.locator('.correlations').scrollIntoViewIfNeeded();
  await look('correlation', '.correlations');
}

/** Tables whose rows become cards where they would be too wide. */
const stacked = (...labels) => async ({ page }) => {
  for (const label of labels) {
    const table = page.getByRole('region', { name: label, exact: true });
    await table.locator('tbody tr').first().waitFor();
    assert.ok(await table.evaluate(box => box.scrollWidth <= box.clientWidth + 1), `${label} scroll sideways`);
  }
};

export async function everyView(session) {
  await visit(session, { signedIn: true, settings: { theme: 'dark' } }, 'dark', { ...opened, system: heatMap });
}

export async function light(session) {
  await visit(session, { signedIn: true, settings: { theme: 'light' } }, 'light', {});
}

export async function phone(session) {
  const hook = await receiver();
  const { id } = await session.api('POST', '/api/v1/endpoints', { name: unique('Pocket'), kind: 'webhook', target: hook.url });
  try {
    await session.api('POST', `/api/v1/endpoints/${id}/test`);
    await visit(session, { signedIn: true, settings: { theme: 'dark' }, width: 390, height: 844, touch: true }, 'phone',
      { system: heatMap, delivery: stacked('Log of deliveries'), account: stacked('Keys', 'Changes') });
  } finally {
    await session.api('DELETE', `/api/v1/endpoints/${id}`);
    hook.close();
  }
  const views = [{ name: 'Mornings', filter: '', columns: ['price'], sort: '-price' }];
  const page = await session.fresh({ width: 390, height: 844, touch: true, settings: { views } });
  await session.open('/');
  await page.getByRole('button', { name: 'Mornings', exact: true }).click();
  await session.until('the saved view is shown', () => document.querySelector('[aria-sort="descending"]')?.textContent.includes('Price'));
  await session.open('/account');
  await page.getByLabel('Key or token').waitFor();
  await session.look('sign-in-phone');
}

async function visit(session, options, suffix, onTheWay) {
  const instrument = await anInstrument(session);
  const page = await session.fresh(options);
  for (const [name, where, filled] of viewsOf(instrument)) {
    await session.open(where);
    await page.locator(filled).first().waitFor({ state: 'attached' });
    await session.look(`${name}-${suffix}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 1) throw new Error(`${name} (${suffix}) is ${overflow} px wider than its window`);
    await onTheWay[name]?.({ page, look: (part, where = dialog) => session.look(`${part}-${suffix}`, where) });
    session.expectNoErrors();
  }
}
