namespace CryptoScreener.DataCollector.Backfill;

/// <summary>Where the history of a partition ends and its live minutes begin.</summary>
/// <param name="Through">Open time of the last minute that is history.</param>
/// <param name="Missing">The symbols that the mark of this minute called missing; none when there is no recent mark.</param>
internal sealed record HistoryEnd(long Through, IReadOnlyList<string> Missing);
