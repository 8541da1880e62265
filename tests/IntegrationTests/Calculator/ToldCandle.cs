using CryptoScreener.Contracts.Candles;
using CryptoScreener.MetricsCalculator.Lanes;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoScreener.IntegrationTests.Calculator;

/// <summary>One of the ways in which a calculator is told of a minute, rightly or not.</summary>
internal sealed record ToldCandle(int Minute, ToldCandle.How As)
{
    /// <summary>As far back as frames are published again.</summary>
    internal const int Minutes = 14;

    internal enum How
    {
        Whole,
        AheadOfTheStream,
        Forming,
        HalfFromTheExchange,
        DoubledFromASuccessor,
        Flat,
    }

    /// <summary>Every minute whole from the stream, once at least; among them whatever else is told; all in any order.</summary>
    internal static Gen<ToldCandle[]> Orders { get; } = (
        from more in (
            from minute in Gen.Choose(0, Minutes - 1)
            from told in Gen.Elements(Enum.GetValues<How>())
            select new ToldCandle(minute, told)).ArrayOf()
        from order in Gen.Shuffle([.. Enumerable.Range(0, Minutes).Select(minute => new ToldCandle(minute, How.Whole)), .. more])
        select order).Resize(60);

    internal LaneItemKind Kind => As switch
    {
        How.AheadOfTheStream => LaneItemKind.Heard,
        How.Forming => LaneItemKind.Live,
        _ => LaneItemKind.Stored,
    };

    /// <summary>The candle that is told when this is the right one.</summary>
    internal (Candle Candle, CandleSource Source) Of(in Candle right)
    {
        var half = right with { Close = right.Open, Volume = right.Volume / 2 };
        return As switch
        {
            How.Forming => (half, CandleSource.Forming),
            How.HalfFromTheExchange => (half, CandleSource.Exchange),
            How.DoubledFromASuccessor => (right with { Volume = right.Volume * 2 }, CandleSource.Successor),
            How.Flat => (Candle.Flat(right.OpenTime, right.Low), CandleSource.Synthetic),
            _ => (right, CandleSource.Exchange),
        };
    }
}
