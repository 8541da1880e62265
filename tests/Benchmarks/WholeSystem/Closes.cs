namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>
/// The alerts of whole minutes, and how many minutes lack one of an instrument or have one twice. The first and the last minute do not count:
/// the watch began and ended within them.
/// </summary>
internal sealed class Closes
{
    private const long Minute = 60_000;

    internal Closes(int instruments, IEnumerable<AlertWatch.Arrival> arrivals)
    {
        var minutes = arrivals.GroupBy(arrival => arrival.Minute).ToDictionary(minute => minute.Key, minute => minute.ToList());
        if (minutes.Count < 3) return;
        var (first, last) = (minutes.Keys.Min(), minutes.Keys.Max());
        for (var minute = first + Minute; minute < last; minute += Minute)
        {
            if (minutes.TryGetValue(minute, out var one) && one.Count == instruments && one.DistinctBy(arrival => arrival.Symbol).Count() == instruments) Whole.Add(one);
            else Broken++;
        }
    }

    internal List<List<AlertWatch.Arrival>> Whole { get; } = [];

    /// <summary>Minutes with a lost or a doubled alert, or with none at all.</summary>
    internal int Broken { get; }

    /// <summary>Alerts of candles that were asked for, because no socket had brought them: nobody knows since when they could have been there.</summary>
    internal int AskedFor => Whole.Sum(minute => minute.Count(arrival => arrival.ReceivedAt == 0));

    /// <summary>Of all others; sorted.</summary>
    internal List<double> Milliseconds => [.. Whole.SelectMany(Brought).Select(arrival => arrival.ArrivedAt - arrival.ReceivedAt).Order()];

    /// <summary>From the last candle that a socket brought to the last alert of such a one, of each minute; sorted.</summary>
    internal List<double> Bursts =>
        [.. Whole.Select(minute => Brought(minute).ToList()).Where(minute => minute.Count > 0).Select(minute => minute.Max(arrival => arrival.ArrivedAt) - minute.Max(arrival => arrival.ReceivedAt)).Order()];

    private static IEnumerable<AlertWatch.Arrival> Brought(List<AlertWatch.Arrival> minute) => minute.Where(arrival => arrival.ReceivedAt > 0);
}
