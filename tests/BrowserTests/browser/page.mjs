// node page.mjs <scenario> <address> <administrator's key> <folder of screenshots>
import { mkdir } from 'node:fs/promises';
import { Session } from './lib.mjs';
import * as alerts from './alerts.mjs';
import { history } from './history.mjs';
import * as market from './market.mjs';
import * as operate from './operate.mjs';
import { serving } from './serving.mjs';
import * as views from './views.mjs';
import * as work from './work.mjs';

const scenarios = {
  serving,
  views: views.everyView,
  light: views.light,
  phone: views.phone,
  table: market.table,
  filter: market.filter,
  keyboard: market.keyboard,
  stale: market.stale,
  chart: market.chart,
  history,
  indicators: market.indicators,
  rule: alerts.rule,
  reconnect: alerts.reconnect,
  steady: alerts.steady,
  roles: alerts.roles,
  'saved-views': work.views,
  silence: work.silence,
  replay: work.replay,
  drafts: work.drafts,
  endpoints: operate.endpoints,
  system: operate.system,
  acknowledged: operate.acknowledged,
  sparks: operate.sparks,
};

const [name, address, key, folder = 'screenshots'] = process.argv.slice(2);
const scenario = scenarios[name];
if (!scenario || !address) {
  console.error(`usage: node page.mjs <${Object.keys(scenarios).join('|')}> <address> <key> [folder of screenshots]`);
  process.exit(2);
}

await mkdir(folder, { recursive: true });
const session = await Session.start(address, key, folder);
try {
  await scenario(session);
  session.expectNoErrors();
} catch (error) {
  await session.shot(`failed-${name}`).catch(() => undefined);
  console.error(error.stack ?? error);
  process.exitCode = 1;
} finally {
  await session.end();
}
