using System.Buffers.Text;

namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>The time in a message, as a fraction of unix ms; all processes of a run share one clock.</summary>
internal static class Stamp
{
    internal static double Now => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    /// <summary>The last number of the last row, whatever is wrapped around it.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> message, out double at)
    {
        at = 0;
        var end = message.LastIndexOf("]]"u8);
        if (end < 0) return false;
        var number = message[..end];
        return Utf8Parser.TryParse(number[(number.LastIndexOf((byte)',') + 1)..], out at, out _);
    }
}
