namespace CryptoScreener.ExchangeSimulator.Feeds;

internal enum TickerKind
{
    Full,
    Mini,
}
