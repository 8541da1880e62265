using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.AlertEngine.Replay;

/// <summary>One firing in a replay.</summary>
/// <param name="Id">That of the live alert, when there was one.</param>
/// <param name="Minute">Open time of the minute at whose close it fired.</param>
/// <param name="Metrics">In the order of the rule's metrics.</param>
/// <param name="Returns">Percent per horizon; NaN where nothing is known.</param>
internal sealed record Firing(string Id, InstrumentId Instrument, long Minute, double Price, double[] Metrics, double[] Returns);
