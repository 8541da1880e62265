// Reads one exchange of the simulator as any ccxt user would: markets, history, then live candles until enough have come.
// Usage: node client.mjs <exchange> <simulator address>; prints one line of JSON.
import http from 'node:http';
import ccxt from 'ccxt';

const [name, address] = process.argv.slice(2);
const sockets = address.replace(/^http/, 'ws');
const wantedUpdates = 3;

const clients = {
  'binance-futures': () => {
    const client = new ccxt.pro.binanceusdm({ options: { defaultType: 'future', fetchMarkets: { types: ['linear'] }, fetchCurrencies: false } });
    client.urls.api.fapiPublic = `${address}/fapi/v1`;
    client.urls.api.ws.future = `${sockets}/market/ws`;
    return client;
  },
  'binance-spot': () => {
    const client = new ccxt.pro.binance({ options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] }, fetchCurrencies: false } });
    client.urls.api.public = `${address}/binance-spot/api/v3`;
    client.urls.api.ws.spot = `${sockets}/binance-spot/ws`;
    return client;
  },
  'bybit-linear': () => {
    const client = new ccxt.pro.bybit({ options: { defaultType: 'swap', fetchMarkets: { types: ['linear'] }, fetchCurrencies: false } });
    client.urls.api.public = address;
    client.urls.api.ws.public.linear = `${sockets}/v5/public/linear`;
    return client;
  },
  'okx-swap': () => {
    const client = new ccxt.pro.okx({ options: { defaultType: 'swap', fetchMarkets: { types: ['swap'] }, fetchCurrencies: false } });
    client.urls.api.rest = address;
    client.urls.api.ws = `${sockets}/ws/v5`;
    return client;
  },
};

const client = clients[name]();
client.agent = client.httpAgent = new http.Agent(); // The library assumes TLS; the simulator has none.
const symbol = name === 'binance-spot' ? 'BTC/USDT' : 'BTC/USDT:USDT';
try {
  const markets = await client.loadMarkets();
  const history = await client.fetchOHLCV(symbol, '1m', undefined, 5);
  const tickers = await client.fetchTickers([symbol]);
  const live = [];
  while (live.length < wantedUpdates) live.push([...(await client.watchOHLCV(symbol, '1m')).at(-1)]);
  console.log(JSON.stringify({ symbols: Object.keys(markets), tick: markets[symbol].precision.price, history, last: tickers[symbol].last, live }));
} finally {
  await client.close();
}
