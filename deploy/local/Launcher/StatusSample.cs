using System.Globalization;

namespace CryptoScreener.Launcher;

internal sealed record ShownAlert(string Time, string Rule, string Symbol, string Price);

/// <summary>How everything does at one instant.</summary>
internal sealed record StatusSample(
    IReadOnlyList<(string Name, bool Ready)> Workers,
    int Instruments,
    double CandlesPerSecond,
    double FramesPerSecond,
    long AlertsFired,
    IReadOnlyList<ShownAlert> LatestAlerts)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Workers.Count(w => w.Ready)}/{Workers.Count} workers ready, {Instruments} instruments, {CandlesPerSecond:0} candles/s in, {FramesPerSecond:0} candles/s calculated, {AlertsFired} alerts fired");
}
