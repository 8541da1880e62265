// node figures.mjs <what> <address> <argument>: measures the page in Chromium, one JSON figure a line.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const [what, address, argument] = process.argv.slice(2);
const tell = (name, value, unit) => console.log(JSON.stringify({ name, value, unit }));
const quantile = (sorted, q) => sorted[Math.ceil(q * (sorted.length - 1))];
const median = values => quantile([...values].sort((a, b) => a - b), 0.5);
const rows = '.grid .rows .row';

/** The time between repaints for a while, and how long the page is busy with each. */
function frames(page, forMs) {
  return page.evaluate(ms => new Promise(done => {
    const gaps = [];
    const work = [];
    const own = new MessageChannel();
    let last = performance.now();
    let began = 0;
    own.port1.onmessage = () => work.push(performance.now() - began); // after all painters of this frame
    const end = last + ms;
    const frame = now => {
      gaps.push(now - last);
      last = now;
      began = performance.now();
      own.port2.postMessage(0);
      if (now < end) requestAnimationFrame(frame);
      else done({ gaps: gaps.slice(1), work });
    };
    requestAnimationFrame(frame);
  }), forMs);
}

/** What a machine that draws by its processor can do at most: the same browser, window and time with nothing on the page. */
async function tellEmpty(context, forMs) {
  const page = await context.newPage();
  await page.goto('about:blank');
  const gaps = (await frames(page, forMs)).gaps.sort((a, b) => a - b);
  await page.close();
  tell('frame to frame of an empty page, p95', quantile(gaps, 0.95), 'ms');
  return quantile(gaps, 0.95);
}

function tellFrames({ gaps, work }, emptyP95) {
  gaps.sort((a, b) => a - b);
  work.sort((a, b) => a - b);
  tell('frame to frame, p50', quantile(gaps, 0.5), 'ms');
  tell('frame to frame, p95', Math.round(10 * quantile(gaps, 0.95)) / 10, 'ms'); // the browser's clock has steps of 0.1
  tell('p95 as a multiple of an empty page\'s', quantile(gaps, 0.95) / emptyP95, '×');
  tell('frame to frame, longest', gaps.at(-1), 'ms');
  tell('busy in a frame, p95', quantile(work, 0.95), 'ms');
  tell('frames a second', 1_000 * gaps.length / gaps.reduce((sum, gap) => sum + gap, 0), 'FPS');
}

const measures = {
  /** Empty caches each time. */
  async first(browser) {
    const [paints, ready, bytes] = [[], [], []];
    for (let visit = 0; visit < Number(argument); visit++) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      let received = 0;
      const network = await context.newCDPSession(page);
      await network.send('Network.enable');
      network.on('Network.loadingFinished', event => { received += event.encodedDataLength; });
      await page.goto(address, { waitUntil: 'load' });
      bytes.push(received);
      await page.locator(rows).first().waitFor();
      ready.push(await page.evaluate(() => performance.now()));
      paints.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime));
      await context.close();
    }
    tell('first content', median(paints), 'ms');
    tell('the table has its rows', median(ready), 'ms');
    tell('bytes of the first view, compressed', median(bytes) / 1_024, 'KB');
  },

  async table(browser) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const inner = await context.newCDPSession(page);
    await inner.send('Performance.enable');
    const spent = async () => new Map((await inner.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
    await page.goto(address);
    await page.locator(rows).first().waitFor();
    await page.waitForTimeout(3_000);
    const before = await spent();
    const drawn = await frames(page, Number(argument) * 1_000);
    const after = await spent();
    await page.close(); // the empty one has the browser to itself, and the market still moves
    tellFrames(drawn, await tellEmpty(context, 5_000));
    for (const [name, metric] of [['script', 'ScriptDuration'], ['styles', 'RecalcStyleDuration'], ['layout', 'LayoutDuration'], ['the main thread in all', 'TaskDuration']])
      tell(`${name}, of a second`, 1_000 * (after.get(metric) - before.get(metric)) / (after.get('Timestamp') - before.get('Timestamp')), 'ms');
  },

  /** How much the page keeps after a while of updates, once all rubbish is collected: looked at ten times, so that a slope shows. */
  async memory(browser) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const inner = await context.newCDPSession(page);
    await inner.send('Performance.enable');
    await page.goto(address);
    await page.locator(rows).first().waitFor();
    await page.waitForTimeout(20_000);
    const kept = async () => {
      for (let i = 0; i < 2; i++) await inner.send('HeapProfiler.collectGarbage');
      const { metrics } = await inner.send('Performance.getMetrics');
      const of = name => metrics.find(metric => metric.name === name).value;
      return { heap: of('JSHeapUsedSize') / 1e6, nodes: of('Nodes'), listeners: of('JSEventListeners') };
    };
    const looks = [await kept()];
    for (let look = 1; look <= 10; look++) {
      await page.waitForTimeout(Number(argument) * 6_000);
      looks.push(await kept());
    }
    const [first, last] = [looks[0], looks.at(-1)];
    tell('memory of the page at first', first.heap, 'MB');
    tell(`memory of the page ${argument} minutes later`, last.heap, 'MB');
    tell('the most of it in between', Math.max(...looks.map(look => look.heap)), 'MB');
    tell('nodes of the page at first', first.nodes, '');
    tell(`nodes of the page ${argument} minutes later`, last.nodes, '');
    tell(`listeners that it has more ${argument} minutes later`, last.listeners - first.listeners, '');
  },

  /** Back until so many bars are in the chart, then to and fro while all of them are in sight, and again from near. */
  async chart(browser) {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    const times = new Set();
    page.on('response', async response => {
      if (!response.url().includes('/api/v1/candles/') || !response.url().includes('timeframe=1m')) return;
      for (const [time] of (await response.json().catch(() => ({ items: [] }))).items) times.add(time);
    });
    const empty = await tellEmpty(page.context(), 5_000);
    await page.goto(address);
    await page.locator('.chart-canvas canvas').first().waitFor();
    await page.getByRole('group', { name: 'Timeframe' }).getByRole('button', { name: '1m', exact: true }).click();
    await page.waitForTimeout(2_000);
    const box = await page.locator('.chart-canvas').boundingBox();
    const [left, right, middle, height] = [box.x + 100, box.x + box.width - 200, box.x + box.width / 2, box.y + box.height / 3];
    const drag = async (from, to, steps) => {
      await page.mouse.move(from, height);
      await page.mouse.down();
      await page.mouse.move(to, height, { steps });
      await page.mouse.up();
    };
    const zoom = async (turns, by) => {
      await page.mouse.move(middle, height);
      for (let i = 0; i < turns; i++) await page.mouse.wheel(0, by);
    };
    await zoom(60, 400); // far out: a screen is tens of thousands of bars
    const began = performance.now();
    while (times.size < Number(argument) && performance.now() - began < 120_000) {
      await drag(left, right, 10); // in fewer steps it is a click
      await page.waitForTimeout(100);
    }
    tell('bars in the chart', times.size, '');
    if (times.size < Number(argument)) throw new Error(`the chart has only ${times.size} of ${argument} bars`);
    tell('until all were there', (performance.now() - began) / 1_000, 's');
    const pan = async () => {
      const measured = frames(page, 6_000);
      for (let i = 0; i < 6; i++) await drag(i % 2 ? right : left, i % 2 ? left : right, 60);
      return measured;
    };
    tellFrames(await pan(), empty);
    await zoom(24, -400);
    const near = (await pan()).gaps.sort((a, b) => a - b);
    tell('frame to frame, p95, some hundreds of bars in sight', quantile(near, 0.95), 'ms');
  },
};

if (!measures[what] || !executablePath) {
  console.error(executablePath ? `usage: node figures.mjs <${Object.keys(measures).join('|')}> <address> <argument>` : 'Chromium is missing. Install it: apt-get install --no-install-recommends chromium');
  process.exit(2);
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--enable-precise-memory-info'] });
try {
  await measures[what](browser);
} finally {
  await browser.close();
}
