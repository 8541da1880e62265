using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>
/// Finds the alert for which a digest is refused: what was refused together goes out in halves, down to the one that is refused alone.
/// Known until a restart or an hour without any, after which the same digest is refused once more. One writer.
/// </summary>
internal sealed class RefusedDigests
{
    /// <summary>Beyond, a refused digest is given up whole: to forget the pieces of others would begin with those again and again.</summary>
    public const int Most = 10_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);
    private readonly Dictionary<string, (string Piece, int Size)> _pieces = new(StringComparer.Ordinal);
    private DateTimeOffset _last;

    /// <summary>Some of what is claimed may go out in pieces, of which each is a message.</summary>
    public bool Any(DateTimeOffset now)
    {
        if (now - _last > Remembered) _pieces.Clear(); // of what ended elsewhere nobody tells
        return _pieces.Count > 0;
    }

    public bool Knows(string id) => _pieces.ContainsKey(id);

    /// <summary>As <see cref="Digests.Split"/>, but what is being halved goes out in its pieces.</summary>
    public IReadOnlyList<ClaimedDelivery[]> Split(IReadOnlyList<ClaimedDelivery> claimed, int messages, int size)
    {
        if (_pieces.Count == 0) return Digests.Split(claimed, messages, size);
        var known = claimed.ToLookup(delivery => _pieces.ContainsKey(delivery.Id));
        ClaimedDelivery[] others = [.. known[false]];
        return
        [
            .. known[true].GroupBy(delivery => _pieces[delivery.Id]).SelectMany(piece => piece.Chunk(piece.Key.Size)),
            .. others.Length == 0 ? [] : Digests.Split(others, Math.Max(1, messages - 1), size),
        ];
    }

    /// <returns>For each of them when its half may go out: the second one later, at the pace of the endpoint. Null when too many are known.</returns>
    public IReadOnlyList<TimeSpan>? Halve(IReadOnlyList<ClaimedDelivery> digest, TimeSpan pace, DateTimeOffset now)
    {
        if (_pieces.Count + digest.Count(delivery => !Knows(delivery.Id)) > Most) return null;
        _last = now;
        var half = (digest.Count + 1) / 2;
        for (var i = 0; i < digest.Count; i++) _pieces[digest[i].Id] = (digest[i < half ? 0 : half].Id, half);
        return [.. Enumerable.Range(0, digest.Count).Select(i => i < half ? TimeSpan.Zero : pace)];
    }

    /// <summary>It has ended, whichever way.</summary>
    public void Forget(string id) => _pieces.Remove(id);
}
