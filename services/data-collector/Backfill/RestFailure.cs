using System.Net;
using System.Text.Json;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>What an exchange's REST interface may do to us: anything it answers wrongly or not at all is worth another try later.</summary>
internal static class RestFailure
{
    /// <summary>It answers, and does not want to answer this: what is refused for one instrument is not refused for the others.</summary>
    public static bool IsRefusal(Exception e) => e is HttpRequestException { StatusCode: HttpStatusCode.BadRequest or HttpStatusCode.NotFound };

    public static bool Is(Exception e, CancellationToken stop) =>
        !stop.IsCancellationRequested
        && e is HttpRequestException or JsonException or IOException or OperationCanceledException or FormatException
            or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException;
}
