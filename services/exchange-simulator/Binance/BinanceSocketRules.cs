namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>What a venue allows on one connection.</summary>
internal sealed record BinanceSocketRules(int StreamsPerConnection, int MessagesPerSecond);
