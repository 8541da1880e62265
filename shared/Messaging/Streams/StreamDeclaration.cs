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
    private const int NameInUse = 10058;
    private const int SubjectsOverlap = 10065;
    private const int LooksWhileMade = 100;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    internal static async Task EnsureAllAsync(NatsJSContext jetStream, MessagingOptions options, ILogger logger, CancellationToken stop)
    {
        foreach (var wanted in StreamSpecs.All(options)) await EnsureAsync(jetStream, wanted, logger, stop);
    }

    private static async Task EnsureAsync(NatsJSContext jetStream, StreamConfig asked, ILogger logger, CancellationToken stop)
    {
        var stream = await FindAsync(jetStream, asked.Name!, stop) ?? await CreateAsync(jetStream, asked, logger, stop);
        for (var look = 0; look < LooksWhileMade && !StreamBirth.IsKnown(stream.Info); look++)
        {
            await Task.Delay(BetweenLooks, stop);
            stream = await jetStream.GetStreamAsync(asked.Name!, cancellationToken: stop);
        }

        var wanted = asked with { Description = StreamBirth.Description(stream.Info) };
        if (Differences(stream.Info.Config, wanted).Any()) stream = await jetStream.UpdateStreamAsync(wanted, stop);
        foreach (var (setting, actual, expected) in Differences(stream.Info.Config, wanted))
            MessagingLog.StreamDiffers(logger, wanted.Name!, setting, actual, expected);
    }

    private static async Task<INatsJSStream> CreateAsync(NatsJSContext jetStream, StreamConfig asked, ILogger logger, CancellationToken stop)
    {
        try
        {
            var stream = await jetStream.CreateStreamAsync(asked, stop);
            MessagingLog.StreamDeclared(logger, asked.Name!, string.Join(", ", asked.Subjects!));
            return stream;
        }
        catch (NatsJSApiException e) when (e.Error.ErrCode is NameInUse or SubjectsOverlap)
        {
            if (await FindAsync(jetStream, asked.Name!, stop) is { } theirs) return theirs; // another worker was quicker
            throw;
        }
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
        if (actual.Description != wanted.Description) yield return ("description", actual.Description ?? "", wanted.Description ?? "");
        if (actual.MaxAge != wanted.MaxAge) yield return ("max_age", actual.MaxAge.ToString(), wanted.MaxAge.ToString());
        if (actual.MaxBytes != wanted.MaxBytes) yield return ("max_bytes", Text(actual.MaxBytes), Text(wanted.MaxBytes));
        if (actual.DuplicateWindow != wanted.DuplicateWindow)
            yield return ("duplicate_window", actual.DuplicateWindow.ToString(), wanted.DuplicateWindow.ToString());
        if (actual.NumReplicas != wanted.NumReplicas) yield return ("num_replicas", Text(actual.NumReplicas), Text(wanted.NumReplicas));
        if (actual.AllowDirect != wanted.AllowDirect) yield return ("allow_direct", actual.AllowDirect.ToString(), wanted.AllowDirect.ToString());
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
