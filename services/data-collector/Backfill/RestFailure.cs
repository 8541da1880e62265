using System.Text.Json;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>What an exchange's REST interface may do to us: anything it answers wrongly or not at all is worth another try later.</summary>
internal static class RestFailure
{
    public static bool Is(Exception e, CancellationToken stop) =>
        !stop.IsCancellationRequested
        && e is HttpRequestException or JsonException or IOException or OperationCanceledException or FormatException
            or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException;
}
