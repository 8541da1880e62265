using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Faults;

/// <summary>What the faults make of candle frames on their way out. Used under the feed's lock.</summary>
internal sealed class FaultyFrames(FaultBoard board)
{
    private const long LongestHold = 2_000;
    private readonly List<Held> _held = [];
    private int _absurdities;

    public bool IsIdle => board.IsEmpty && _held.Count == 0;

    /// <summary>True when nothing of this bar may reach anybody.</summary>
    public bool Swallows(string symbol, bool isClosed) =>
        board.Take(FaultKind.Stall, symbol) is not null || (isClosed && board.Take(FaultKind.OmitClosing, symbol) is not null);

    /// <summary>The bar as it is, or with numbers that cannot be true, another kind of nonsense each time.</summary>
    public Bar Distort(string symbol, in Bar bar)
    {
        if (board.Take(FaultKind.Absurd, symbol) is null) return bar;
        return (_absurdities++ % 5) switch
        {
            0 => bar with { High = Math.Max(1, bar.Low - 1), Low = bar.High + 1 },
            1 => bar with { Lots = -bar.Lots - 1 },
            2 => bar with { OpenTime = bar.OpenTime + 86_400_000 },
            3 => bar with { Close = bar.High * 1_000 },
            _ => bar with { Open = 0, Low = 0 },
        };
    }

    public void Send(Topic topic, string symbol, ReadOnlySpan<byte> payload, bool isClosed, long realMs)
    {
        if (isClosed && board.Take(FaultKind.LateClosing, symbol) is { } late) _held.Add(new Held(topic, payload.ToArray(), realMs + late.DelayMs, WaitsForNext: false));
        else if (board.Take(FaultKind.Reorder, symbol) is not null) _held.Add(new Held(topic, payload.ToArray(), realMs + LongestHold, WaitsForNext: true));
        else
        {
            SendNow(topic, symbol, payload);
            if (isClosed && board.Take(FaultKind.DuplicateClosing, symbol) is not null) topic.Queue(payload);
            Release(h => h.WaitsForNext && h.Topic == topic);
        }
    }

    public void ReleaseDue(long realMs) => Release(h => h.Due <= realMs);

    private void SendNow(Topic topic, string symbol, ReadOnlySpan<byte> payload)
    {
        if (board.Take(FaultKind.Malformed, symbol) is not null) topic.Queue(Break(payload));
        else if (board.Take(FaultKind.Truncated, symbol) is not null) topic.Truncate(payload);
        else topic.Queue(payload);
    }

    /// <summary>Still a proper frame, no longer proper JSON.</summary>
    private static byte[] Break(ReadOnlySpan<byte> payload) => [.. payload[..(payload.Length / 2)], .. "}{\u0000"u8, .. payload[(payload.Length / 2)..^1]];

    private void Release(Predicate<Held> due)
    {
        if (_held.Count == 0) return;
        foreach (var held in _held.FindAll(due)) held.Topic.Queue(held.Payload);
        _held.RemoveAll(due);
    }

    private sealed record Held(Topic Topic, byte[] Payload, long Due, bool WaitsForNext);
}
