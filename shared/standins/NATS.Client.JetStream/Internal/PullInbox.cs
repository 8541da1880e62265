using System.Buffers.Text;
using System.Globalization;

namespace NATS.Client.JetStream.Internal;

/// <summary>One subject for each pull below one subscription, so that what is said in it tells which pull it is about.</summary>
internal static class PullInbox
{
    public static string All(string inbox) => $"{inbox}.*";

    /// <param name="all">What is subscribed to.</param>
    /// <param name="pull">Counted from 1.</param>
    public static string Of(string all, long pull) => string.Create(CultureInfo.InvariantCulture, $"{all.AsSpan(0, all.Length - 1)}{pull}");

    /// <summary>0, which no pull has, where there is none to be read.</summary>
    public static long PullOf(ReadOnlySpan<byte> subject)
    {
        var last = subject[(subject.LastIndexOf((byte)'.') + 1)..];
        return Utf8Parser.TryParse(last, out long pull, out var length) && length == last.Length ? pull : 0;
    }
}
