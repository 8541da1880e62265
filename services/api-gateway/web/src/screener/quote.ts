const quotes = ['USDT', 'USDC', 'FDUSD', 'BUSD', 'TUSD', 'USD', 'EUR', 'BTC', 'ETH', 'BNB'];

/** The quote asset in a symbol's name, for setting it apart; '' where it is none we know. */
export const quoteOf = (symbol: string): string => quotes.find(quote => symbol.endsWith(quote) && symbol.length > quote.length) ?? '';

export const baseOf = (symbol: string): string => {
  const quote = quoteOf(symbol);
  return quote === '' ? symbol : symbol.slice(0, -quote.length).replace(/[-_/]$/, '');
};
