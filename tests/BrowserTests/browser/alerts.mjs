import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { anInstrument } from './lib.mjs';

/** A receiver of webhooks that keeps what it got. */
export async function receiver() {
  const received = [];
  const hook = { received, status: 204 };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', part => { body += part; });
    request.on('end', () => { received.push({ headers: request.headers, body: JSON.parse(body) }); response.writeHead(hook.status).end(); });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(hook, { url: `http://127.0.0.1:${server.address().port}/hook`, close: () => server.close() });
}

export async function until(what, condition) {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise(done => setTimeout(done, 100))) if (await condition()) return;
  throw new Error(`Still not so: ${what}`);
}

/** A rule that is true at once for one instrument; it fires once, as an instrument does at most once a minute for a rule. */
export async function pulse(session, { exchange, symbol }, made) {
  const { id } = await session.api('POST', '/api/v1/rules', { name: unique('Pulse'), expression: 'price > 0', universe: { include: [symbol], exchanges: [exchange] } });
  made.push(id);
}

export const unique = name => `${name} ${Date.now().toString(36)}`;

export async function rule(session) {
  const hook = await receiver();
  const { exchange, symbol } = await anInstrument(session);
  const page = await session.fresh({ signedIn: true });
  const made = [];
  try {
    await session.open('/delivery');
    await page.getByRole('button', { name: 'New endpoint' }).click();
    const endpoint = unique('Hook');
    await page.getByRole('textbox', { name: 'Name' }).fill(endpoint);
    await page.getByRole('textbox', { name: /^Address/ }).fill(hook.url);
    await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
    await page.getByText('it is shown this once').waitFor();
    assert.match(await session.text('.secret code'), /^whsec_/, 'the secret is shown');
    await session.shot('delivery-secret');
    await page.getByRole('button', { name: 'I have stored it' }).click();
    const card = page.locator('.endpoint-card', { hasText: endpoint });
    await card.getByRole('button', { name: 'Test' }).click();
    await until('the test alert reaches the webhook', () => hook.received.length > 0);
    assert.ok(hook.received[0].headers['webhook-signature'], 'it is signed');
    await page.getByRole('region', { name: 'Deliveries' }).getByText('delivered').first().waitFor();

    await session.open(`/rules/new?symbol=${symbol}&exchange=${exchange}`);
    const name = unique('Always');
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('combobox', { name: 'Condition in the rule language' }).fill('price > 0');
    await session.until('the rule matches its instrument now', () => document.querySelector('.match-count')?.textContent === '1');
    await page.getByRole('group', { name: 'Channels' }).getByRole('button', { name: new RegExp(endpoint) }).click();
    await page.getByRole('combobox', { name: 'Fires' }).selectOption('once_per_bar');
    await page.getByRole('combobox', { name: 'Bar' }).selectOption('1m');
    await page.getByRole('button', { name: 'Create rule' }).click();
    await session.until('the rule has an address of its own', () => /\/rules\/r_/.test(location.pathname));
    const id = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1));
    made.push(id);

    await session.open(`/alerts?rule=${id}`);
    const card2 = page.locator('.alert-card', { hasText: name });
    await card2.first().waitFor();
    await until('the alert reaches the webhook', () => hook.received.some(({ body }) => body.data?.rule_id === id));
    await card2.last().getByRole('button', { name: /details$/ }).click();
    await page.locator('svg.mini-chart').waitFor();
    await card2.last().getByRole('button', { name: /^Acknowledge/ }).click();
    await card2.last().locator('.taken-by').waitFor();
    await session.shot('alerts-rule');
    const ofRule = page.getByRole('combobox', { name: 'Rule', exact: true });
    await page.getByRole('link', { name: 'Alerts', exact: true }).click();
    await session.until('a link to all alerts shows all', () => location.search === '' && document.querySelector('.filter-strip .select.on') === null);
    await page.goBack();
    await session.until('the way back leads to the filter', () => document.querySelector('.filter-strip .select.on') !== null);
    assert.equal(await ofRule.inputValue(), id);

    hook.status = 410;
    await session.open('/delivery');
    await card.getByRole('button', { name: 'Test' }).click();
    await card.getByText(/^Since .*: answered 410/).waitFor();
    await page.getByRole('region', { name: 'Log of deliveries' }).locator('tbody button').first().click();
    await page.locator('.attempts li').first().waitFor();
    await session.look('delivery-attempts', 'dialog[open]');
    await page.keyboard.press('Escape');
    await session.open('/alerts');
    await page.locator('.switched-off', { hasText: endpoint }).getByText('answered 410').waitFor();
    await session.shot('alerts-switched-off');
    hook.status = 204; // else the next alert would switch it off again
    await page.locator('.switched-off', { hasText: endpoint }).getByRole('link', { name: 'Mend it' }).click();
    await card.getByRole('button', { name: 'Switch on' }).click();
    await card.getByText('active', { exact: true }).waitFor();

    await session.open(`/rules/${id}`);
    await page.getByRole('combobox', { name: 'Condition in the rule language' }).fill('price > 0 and price < 0');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('version 2').waitFor();
    await page.getByRole('link', { name: 'Versions' }).click();
    await page.getByRole('button', { name: 'Restore' }).waitFor();

    await session.open(`/alerts?symbol=${symbol}`);
    await page.locator('.alert-card').first().waitFor();
    const newest = await page.locator('.alert-card .alert-rule').first().textContent();
    await pulse(session, { exchange, symbol }, made);
    await session.until('a further alert appears by itself', old => document.querySelector('.alert-card .alert-rule').textContent !== old, newest);
  } finally {
    for (const rule of made) await session.api('DELETE', `/api/v1/rules/${rule}`);
    hook.close();
  }
}

/** The socket is cut for a while; what fires meanwhile is there afterwards, once. */
export async function reconnect(session) {
  const instrument = await anInstrument(session);
  const page = await session.fresh({ signedIn: true });
  const made = [];
  let cut = false;
  const open = new Set();
  await page.routeWebSocket(/\/ws\/v1/, socket => {
    if (cut) return void socket.close({ code: 1012 });
    socket.connectToServer();
    open.add(socket);
  });
  const fired = async () => (await session.api('GET', `/api/v1/alerts?symbol=${instrument.symbol}&exchange=${instrument.exchange}&state=fired&limit=500`)).map(alert => alert.id);
  try {
    await pulse(session, instrument, made);
    await until('an alert fires', async () => (await fired()).length > 0);
    await session.open(`/alerts?symbol=${instrument.symbol}&exchange=${instrument.exchange}`);
    await page.locator('.alert-card').first().waitFor();
    cut = true;
    for (const socket of open) await socket.close({ code: 1012 });
    await session.until('the page says that it polls', () => document.querySelector('.connection')?.textContent !== 'Live');
    const before = (await fired()).length;
    await pulse(session, instrument, made);
    await pulse(session, instrument, made);
    await until('alerts fire while the socket is away', async () => (await fired()).length >= before + 2);
    cut = false;
    await session.until('the page is live again', () => document.querySelector('.connection')?.textContent === 'Live');
    const all = await fired();
    const shown = () => page.locator('.alert-card').evaluateAll(cards => cards.map(card => card.dataset.alert));
    await until('every alert is shown', async () => { const ids = new Set(await shown()); return all.every(id => ids.has(id)); });
    const ids = await shown();
    assert.equal(new Set(ids).size, ids.length, 'an alert is shown twice');
  } finally {
    for (const rule of made) await session.api('DELETE', `/api/v1/rules/${rule}`);
  }
}

export async function roles(session) {
  const { page } = session;
  await session.open('/rules');
  await page.locator('.rules-table tbody tr').first().waitFor();
  assert.equal(await page.getByRole('link', { name: 'New rule' }).count(), 0, 'a reader is offered to write rules');
  await session.open('/delivery');
  await page.getByText('belong to an account').waitFor();

  await session.open('/account');
  await page.getByLabel('Key or token').fill('csk_of_nobody');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('form .problem').waitFor();
  session.errors = session.errors.filter(error => !/401/.test(error)); // the browser tells each refusal
  await page.getByLabel('Key or token').fill(session.key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('region', { name: 'You' }).getByText('admin', { exact: true }).waitFor();
  await page.getByRole('textbox', { name: 'Name of the new key' }).fill('for a script');
  await page.getByRole('combobox', { name: 'Role' }).selectOption('trader');
  await page.getByRole('button', { name: 'Make' }).click();
  const key = await session.text('.secret code');
  await page.getByRole('button', { name: 'I have stored it' }).click();
  await page.getByText('api key created').first().waitFor();

  await session.open('/rules');
  await page.getByRole('link', { name: 'New rule' }).waitFor();
  const trader = await fetch(`${session.address}/api/v1/me`, { headers: { Authorization: `Bearer ${key}` } }).then(answer => answer.json());
  assert.equal(trader.role, 'trader');
  await session.open('/account');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await session.look('sign-in');

  const reader = await session.api('POST', '/api/v1/api-keys', { name: 'who looks on', role: 'reader' });
  await page.getByLabel('Key or token').fill(reader.key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('region', { name: 'You' }).getByText('reader', { exact: true }).waitFor();
  await session.look('account-reader');
  await session.open('/delivery');
  await page.getByRole('heading', { name: 'Delivery' }).waitFor();
  await session.settle();
  assert.equal(await page.getByRole('button', { name: 'New endpoint' }).count(), 0, 'a reader is offered to add endpoints');
  await session.fresh(); // whose page asks nothing more with the key
  await session.api('DELETE', `/api/v1/api-keys/${reader.id}`);
}

/** Who works on an alert keeps it under the hand while others arrive. */
export async function steady(session) {
  const instrument = await anInstrument(session);
  const page = await session.fresh({ signedIn: true });
  const made = [];
  try {
    await pulse(session, instrument, made);
    await session.open(`/alerts?symbol=${instrument.symbol}&exchange=${instrument.exchange}`);
    await page.locator('.alert-card .alert-open').first().focus();
    await page.evaluate(() => { globalThis.kept = document.activeElement; });
    const count = await page.locator('.alert-card').count();
    await pulse(session, instrument, made);
    await session.until('a further alert appears', before => document.querySelectorAll('.alert-card').length > before, count);
    assert.ok(await page.evaluate(() => document.activeElement === globalThis.kept && globalThis.kept.isConnected), 'the focus is where it was');
  } finally {
    for (const rule of made) await session.api('DELETE', `/api/v1/rules/${rule}`);
  }
}
