using System.Globalization;
using Microsoft.Extensions.Logging;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.Messaging.Streams;

/// <summary>
/// Creates or updates each stream and compares what the server says it made with what was asked: old servers ignore
/// fields they do not know without a word.
/// </summary>
internal static class StreamDeclaration
{
    private const int StreamNotFound = 10059;

    internal static async Task EnsureAllAsync(NatsJSContext jetStream, MessagingOptions options, ILogger logger, CancellationToken stop)
    {
        foreach (var wanted in StreamSpecs.All(options)) await EnsureAsync(jetStream, wanted, logger, stop);
    }

    private static async Task EnsureAsync(NatsJSContext jetStream, StreamConfig wanted, ILogger logger, CancellationToken stop)
    {
        var existing = await FindAsync(jetStream, wanted.Name!, stop);
        var stream = existing is null
            ? await jetStream.CreateStreamAsync(wanted, stop)
            : Differences(existing.Info.Config, wanted).Any() ? await jetStream.UpdateStreamAsync(wanted, stop) : existing;
        if (existing is null) MessagingLog.StreamDeclared(logger, wanted.Name!, string.Join(", ", wanted.Subjects!));
        foreach (var (setting, actual, asked) in Differences(stream.Info.Config, wanted))
            MessagingLog.StreamDiffers(logger, wanted.Name!, setting, actual, asked);
    }

    private static async Task<INatsJSStream?> FindAsync(NatsJSContext jetStream, string name, CancellationToken stop)
    {
        try
        {
            return await jetStream.GetStreamAsync(name, cancellationToken: stop);
        }
        catch (NatsJSApiException e) when (e.Error.ErrCode == StreamNotFound)
        {
            return null;
        }
    }

    private static IEnumerable<(string Setting, string Actual, string Wanted)> Differences(StreamConfig actual, StreamConfig wanted)
    {
        if (!(actual.Subjects ?? []).Order().SequenceEqual((wanted.Subjects ?? []).Order()))
            yield return ("subjects", string.Join(',', actual.Subjects ?? []), string.Join(',', wanted.Subjects ?? []));
        if (actual.MaxAge != wanted.MaxAge) yield return ("max_age", actual.MaxAge.ToString(), wanted.MaxAge.ToString());
        if (actual.MaxBytes != wanted.MaxBytes) yield return ("max_bytes", Text(actual.MaxBytes), Text(wanted.MaxBytes));
        if (actual.DuplicateWindow != wanted.DuplicateWindow)
            yield return ("duplicate_window", actual.DuplicateWindow.ToString(), wanted.DuplicateWindow.ToString());
        if (actual.NumReplicas != wanted.NumReplicas) yield return ("num_replicas", Text(actual.NumReplicas), Text(wanted.NumReplicas));
        if (actual.AllowDirect != wanted.AllowDirect) yield return ("allow_direct", actual.AllowDirect.ToString(), wanted.AllowDirect.ToString());
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
