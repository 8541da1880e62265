namespace CryptoScreener.Contracts.Candles;

/// <summary>Where the numbers of a candle come from. Persisted and on the wire: values are explicit and append-only.</summary>
public enum CandleSource : byte
{
    /// <summary>A forming candle: the exchange has not closed it yet.</summary>
    Forming = 0,

    /// <summary>The exchange sent it with its closing flag.</summary>
    Exchange = 1,

    /// <summary>No closing frame came; a fresh candle of a later minute proved this one closed.</summary>
    Successor = 2,

    /// <summary>Read back from the exchange's REST interface after the close and found different: a correction.</summary>
    Audit = 3,

    /// <summary>The minute had no trades: a flat candle at the previous close.</summary>
    Synthetic = 4,

    /// <summary>History read over REST, before or between our live coverage.</summary>
    Backfill = 5,
}

public static class CandleSourceRank
{
    /// <summary>Which source wins where two disagree about one minute: REST after the close, the closing flag, a successor, a guess.</summary>
    public static int Rank(this CandleSource source) => source switch
    {
        CandleSource.Audit => 5,
        CandleSource.Backfill => 4,
        CandleSource.Exchange => 3,
        CandleSource.Successor => 2,
        CandleSource.Synthetic => 1,
        _ => 0,
    };

    public static string ToWire(this CandleSource source) => source switch
    {
        CandleSource.Exchange => "exchange",
        CandleSource.Successor => "successor",
        CandleSource.Audit => "audit",
        CandleSource.Synthetic => "synthetic",
        CandleSource.Backfill => "backfill",
        _ => "forming",
    };
}
