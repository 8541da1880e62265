namespace CryptoScreener.DataCollector.Exchanges.Limits;

/// <summary>So many sockets may be opened in any span of this length.</summary>
internal sealed record ConnectionLimit(int Count, TimeSpan Span);
