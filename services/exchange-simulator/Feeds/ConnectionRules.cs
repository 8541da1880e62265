namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>How a venue treats connections over time.</summary>
/// <param name="Life">When a connection is cut, whatever it does.</param>
/// <param name="PingEvery">How often the venue sends WebSocket pings; null when the client has to.</param>
/// <param name="PongWithin">How long the answer may take.</param>
/// <param name="MustSpeakEvery">How long neither side may say anything; null where silence is fine.</param>
internal sealed record ConnectionRules(
    TimeSpan Life, TimeSpan? PingEvery, TimeSpan PongWithin, TimeSpan? MustSpeakEvery = null, string SilenceReason = "");
