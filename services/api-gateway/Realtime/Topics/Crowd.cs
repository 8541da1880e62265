using System.Collections.Immutable;

namespace CryptoScreener.ApiGateway.Realtime.Topics;

/// <summary>
/// Serves all who follow a topic on the threads of the beat. A hop to the thread pool for each of thousands costs more than
/// what it is told; a socket that must wait gives the thread back at once.
/// </summary>
internal static class Crowd
{
    private const int WorthAThread = 256;

    public static void Wake(ImmutableArray<IWake> followers)
    {
        var parts = Math.Min(Environment.ProcessorCount, followers.Length / WorthAThread);
        if (parts <= 1) WakePart(followers.AsSpan());
        else Parallel.For(0, parts, part => WakePart(followers.AsSpan()[(int)(followers.Length * (long)part / parts)..(int)(followers.Length * (part + 1L) / parts)]));
    }

    private static void WakePart(ReadOnlySpan<IWake> followers)
    {
        foreach (var follower in followers) follower.WakeHere();
    }
}
