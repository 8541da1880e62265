import assert from 'node:assert/strict';
import { pulse, receiver, unique, until } from './alerts.mjs';
import { anInstrument } from './lib.mjs';

const signatures = ({ headers }) => (headers['webhook-signature'] ?? '').split(' ').length;

/** An endpoint gets a new secret while the old one still signs, rests and goes on, and begins an escalation of three steps. */
export async function endpoints(session) {
  const hook = await receiver();
  const page = await session.fresh({ signedIn: true });
  const name = unique('Desk');
  const made = [];
  try {
    for (const other of [name, unique('Lead'), unique('Manager')])
      made.push((await session.api('POST', '/api/v1/endpoints', { name: other, kind: 'webhook', target: hook.url })).id);
    await session.open('/delivery');
    const card = page.locator('.endpoint-card', { hasText: name });

    await card.getByRole('button', { name: `New secret for ${name}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make it' }).click();
    assert.match(await session.text('.secret code'), /^whsec_/, 'the new secret is shown');
    await page.getByRole('button', { name: 'I have stored it' }).click();
    await card.getByRole('button', { name: 'Test' }).click();
    await until('the test arrives', () => hook.received.length > 0);
    assert.equal(signatures(hook.received[0]), 2, 'it is signed with the new and the old secret');

    await card.getByRole('button', { name: 'Pause' }).click();
    await card.getByText('paused', { exact: true }).waitFor();
    assert.equal((await session.api('GET', `/api/v1/endpoints/${made[0]}`)).paused, true);
    await card.getByRole('button', { name: 'Resume' }).click();
    await card.getByText('active', { exact: true }).waitFor();
    assert.equal((await session.api('GET', `/api/v1/endpoints/${made[0]}`)).paused, false);

    const form = page.getByRole('region', { name: 'Escalation' });
    await form.getByRole('combobox', { name: 'Severity' }).selectOption('critical');
    await form.getByRole('combobox', { name: 'Endpoint of step 1' }).selectOption(made[0]);
    for (const step of [2, 3]) {
      await form.getByRole('button', { name: 'Step', exact: true }).click();
      await form.getByRole('combobox', { name: `Endpoint of step ${step}` }).selectOption(made[step - 1]);
    }

    await form.getByRole('spinbutton', { name: 'Minutes of step 3' }).fill('5');
    await form.getByText('Each step comes later').waitFor();
    assert.ok(await form.getByRole('button', { name: 'Add', exact: true }).isDisabled(), 'steps out of order are not sent');
    await form.getByRole('spinbutton', { name: 'Minutes of step 3' }).fill('60');
    await session.shot('delivery-escalation');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    const policy = form.locator('.policies li', { hasText: name });
    await policy.getByText(/at once .*, after 15m .*, after 1h /).waitFor();
    const [stored] = (await session.api('GET', '/api/v1/policies')).filter(({ steps }) => steps[0].endpoints[0] === made[0]);
    assert.deepEqual(stored.steps.map(step => [step.after_seconds, step.endpoints]), [[0, [made[0]]], [900, [made[1]]], [3600, [made[2]]]]);
    await policy.getByRole('button', { name: /^Delete/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await policy.waitFor({ state: 'detached' });
  } finally {
    for (const id of made) await session.api('DELETE', `/api/v1/endpoints/${id}`);
    hook.close();
  }
}

/** Health in short with who uses it, plots of any span, and how instruments move together. */
export async function system(session) {
  const page = await session.fresh({ signedIn: true });
  // Opened before a screener that has just started has its first numbers.
  await page.route(/\/api\/v1\/metrics\?columns=volume\(1d\)$/, route => route.fulfill({ json: [] }), { times: 1 });
  await session.open('/system');
  const short = page.getByRole('region', { name: 'In short' });
  await short.getByRole('img', { name: /^Health score \d+ of 100/ }).waitFor();
  await session.until('instruments are counted', () => /^[1-9]/.test([...document.querySelectorAll('.figures div')].find(figure => figure.textContent.startsWith('Instruments current'))?.querySelector('dd').textContent ?? ''));
  await session.until('whoever looks is an active user', () => [...document.querySelectorAll('.figures div')].some(figure => figure.textContent.startsWith('Active users') && /[1-9]/.test(figure.querySelector('dd').textContent)));
  await page.getByRole('region', { name: 'Objectives' }).getByText(/^(met|missed|too early)$/).first().waitFor();
  await page.getByRole('img', { name: 'Candle updates' }).waitFor();

  await page.getByRole('group', { name: 'Time span' }).getByRole('button', { name: '24 h', exact: true }).click();
  await page.getByRole('region', { name: 'Performance' }).locator('.plot, .quiet').first().waitFor();

  const map = page.getByRole('region', { name: 'Correlation', exact: true });
  await map.getByRole('group', { name: 'Timeframe' }).getByRole('button', { name: '5m', exact: true }).click();
  const compare = async count => {
    await map.getByRole('group', { name: 'How many' }).getByRole('button', { name: String(count), exact: true }).click();
    await session.until(`${count} instruments are compared with ${count}`, wanted => document.querySelectorAll('.heat tbody td').length === wanted, count * count);
  };
  await until('each is like itself', async () => { // asked again and again: the bars of the first ones may still be on their way
    await compare(16);
    await compare(10);
    await page.waitForTimeout(500); // within what the gateway takes of one address
    return page.evaluate(() => [...document.querySelectorAll('.heat tbody tr')].every((row, i) => row.querySelectorAll('td')[i].className === 'heat-p5'));
  });
  await session.until('likeness has its colour', () => getComputedStyle(document.querySelector('.heat .heat-p5')).backgroundColor !== getComputedStyle(document.querySelector('.heat .heat-p0, .heat .heat-n0, .heat .heat-p1, .heat .heat-n1')).backgroundColor);
  await map.locator('.heat tbody td').nth(1).hover();
  await session.until('the pointer reads a pair', () => /^\S+ and \S+: (−?\d|too few)/.test(document.querySelector('.heat-read').textContent));
  await map.locator('.heat tbody td').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await session.until('so do the arrow keys', () => document.activeElement === document.querySelectorAll('.heat tbody tr')[1].querySelectorAll('td')[1] && /^(\S+) and \1: 1/.test(document.querySelector('.heat-read').textContent));
  await session.shot('system-correlation');
}

/** Somebody else takes an alert over: it says so here at once, and is no alert of its own. */
export async function acknowledged(session) {
  const instrument = await anInstrument(session);
  const page = await session.fresh({ signedIn: true });
  const made = [];
  try {
    await pulse(session, instrument, made);
    await session.open(`/alerts?rule=${made[0]}&state=any`);
    const cards = page.locator('.alert-card');
    await cards.first().waitFor();
    const [alert] = await session.api('GET', `/api/v1/alerts?rule_id=${made[0]}&state=fired`);
    await until('the alert is recorded and taken over', async () => {
      try {
        return await session.api('POST', `/api/v1/alerts/${alert.id}/acknowledge`);
      } catch {
        return false; // it is being recorded this moment
      }
    });
    const card = page.locator(`.alert-card[data-alert="${alert.id}"]`);
    await card.locator('.taken-by').waitFor();
    await until('the acknowledgement is an event', async () => (await session.api('GET', `/api/v1/alerts?rule_id=${made[0]}&state=acknowledged`)).length === 1);
    const shown = await cards.evaluateAll(all => all.map(one => one.dataset.alert));
    const events = new Set((await session.api('GET', `/api/v1/alerts?rule_id=${made[0]}&state=acknowledged`)).map(event => event.id));
    assert.deepEqual(shown.filter(id => events.has(id)), [], 'an acknowledgement is listed as an alert');
  } finally {
    for (const rule of made) await session.api('DELETE', `/api/v1/rules/${rule}`);
  }
}

/** The small lines beside the names are there without a long wait. */
export async function sparks(session) {
  await session.open('/');
  await session.until('the first rows have their lines', () => {
    const rows = [...document.querySelectorAll('.grid .rows .row[data-key]')].slice(0, 8);
    return rows.length === 8 && rows.every(row => (row.querySelector('.spark path').getAttribute('d') ?? '').split('L').length > 4);
  });
}
