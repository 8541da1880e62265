using CryptoScreener.Storage.Access;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>What people did with the system, of all gateways, as the database has it.</summary>
/// <param name="Active">Accounts that asked for something in the last hour; anonymous readers have none.</param>
/// <param name="ActiveInDay">The same in the last 24 hours.</param>
/// <param name="MeanSecondsToAcknowledge">Of the alerts acknowledged in the last 24 hours; null without any.</param>
internal sealed record PeopleFigures(long? Active, long? ActiveInDay, double? MeanSecondsToAcknowledge)
{
    public static readonly PeopleFigures Unknown = new(null, null, null);
}

/// <summary>Asks the database at most every few seconds, however many look. While it is away nothing is known, and nothing is shown.</summary>
internal sealed class PeopleReader(ActivityStore activity, AlertSummaries alerts, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private volatile Reading? _last;

    public async Task<PeopleFigures> ReadAsync(CancellationToken stop)
    {
        if (_last is { } last && time.GetElapsedTime(last.At) < Fresh) return last.Figures;
        var reading = new Reading(time.GetTimestamp(), await AskAsync(stop));
        _last = reading;
        return reading.Figures;
    }

    private async Task<PeopleFigures> AskAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var (hour, day) = (now.AddHours(-1).ToUnixTimeMilliseconds(), now.AddDays(-1).ToUnixTimeMilliseconds());
        try
        {
            var (active, inDay) = await activity.CountAsync(hour, day, stop);
            return new PeopleFigures(active, inDay, await alerts.MeanSecondsToAcknowledgeAsync(day, stop) is { } mean ? Math.Round(mean, 1) : null);
        }
        catch (Exception e) when (DatabaseErrors.IsUnavailable(e) && !stop.IsCancellationRequested)
        {
            return PeopleFigures.Unknown;
        }
    }

    private sealed record Reading(long At, PeopleFigures Figures);
}
