import { expect, it } from 'vitest';
import { wholeSymbol } from './symbols';

const symbols = ['1000PEPEUSDT', 'BTCUSDC', 'BTCUSDT', 'BTCDOMUSDT', 'ETH-USDT-SWAP', 'SOLUSDT'];

it.each([
  ['btc', 'BTCUSDT'], [' BTCUSDC ', 'BTCUSDC'], ['solu', 'SOLUSDT'], ['eth-', 'ETH-USDT-SWAP'], ['', ''],
  ['b', 'B'], ['doge', 'DOGE'],
])('%s means %s', (text, symbol) => expect(wholeSymbol(text, symbols)).toBe(symbol));

it('before the symbols are known it is what was written', () => expect(wholeSymbol('btc', [])).toBe('BTC'));
