using System.Globalization;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.Messaging.Streams;

/// <summary>
/// When a stream was made, written into its description: the server's own note changes when it is restarted after a change of
/// the stream's settings (nats-server 2.9), and every reader would take the stream for another one and begin anew.
/// </summary>
internal static class StreamBirth
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string Before = "made ";
    private const string After = ", readers know it by this";

    /// <summary>Unix milliseconds.</summary>
    /// <exception cref="TimeoutException">It is still being made: ask again.</exception>
    internal static long Of(StreamInfo info) => IsKnown(info)
        ? Read(info.Config.Description) ?? info.Created.ToUnixTimeMilliseconds()
        : throw new TimeoutException($"the server is still making the stream {info.Config.Name}");

    /// <summary>A server (nats-server 2.9) that is asked for a stream while another worker makes it answers with the first day of the calendar.</summary>
    internal static bool IsKnown(StreamInfo info) => info.Created > DateTimeOffset.UnixEpoch || Read(info.Config.Description) > 0;

    /// <summary>What the stream is to say of itself: what it said before, if it said anything.</summary>
    internal static string Description(StreamInfo info) =>
        Before + DateTimeOffset.FromUnixTimeMilliseconds(Of(info)).ToString(Form, CultureInfo.InvariantCulture) + After;

    private static long? Read(string? description) =>
        description is not null && description.StartsWith(Before, StringComparison.Ordinal) && description.EndsWith(After, StringComparison.Ordinal) &&
        DateTimeOffset.TryParseExact(description[Before.Length..^After.Length], Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made)
            ? made.ToUnixTimeMilliseconds()
            : null;
}
