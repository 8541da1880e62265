using System.Text.Json;
using System.Text.Json.Serialization;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Tapes;

/// <summary>A script of exact minutes for some instruments (README.md describes the file).</summary>
internal sealed record Tape(TapeInstrument[] Instruments)
{
    public static Tape Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, TapeJson.Default.Tape) ?? throw new TapeException("The tape is empty: write {\"instruments\":[…]}.");
        }
        catch (JsonException e)
        {
            throw new TapeException($"The tape is not valid: {e.Message}");
        }
    }

    /// <summary>Puts the scripted minutes in place of the generated ones. Nothing changes unless every instrument of the tape can be played.</summary>
    public void Play(IReadOnlyCollection<Venue> venues)
    {
        var ready = Instruments.Select(scripted =>
        {
            var market = venues.FirstOrDefault(v => v.Name == scripted.Exchange)?.Market
                ?? throw new TapeException($"The tape scripts {scripted.Exchange}; running: {string.Join(' ', venues.Select(v => v.Name))}.");
            var listing = market.Find(scripted.Symbol)
                ?? throw new TapeException($"The tape scripts {scripted.Symbol}, which {scripted.Exchange} does not have; raise --instruments or use one of GET /sim/markets.");
            var start = scripted.Start is { } at ? at.ToUnixTimeMilliseconds() / MinutePath.MillisecondsPerMinute : market.Clock.NowMinute + 1;
            return (listing, source: TapeMinutes.Create(scripted, listing.Instrument, start));
        }).ToArray();
        foreach (var (listing, source) in ready) listing.Replace(source);
    }
}

/// <summary>One instrument's script: constant minutes before it, the scripted ones from <paramref name="Start"/> on, the last close held after.</summary>
internal sealed record TapeInstrument(string Symbol, TapeConstant History, TapeMinute[] Minutes, DateTimeOffset? Start = null, string Exchange = "binance-futures");

/// <summary>What every minute outside the script looks like; no volume means no trades.</summary>
internal sealed record TapeConstant(decimal Price, decimal Volume = 0, long Trades = 4);

/// <summary>One scripted minute: a candle (o, h, l, c, v …), exact trades, or quiet.</summary>
internal sealed record TapeMinute
{
    public decimal? O { get; init; }

    public decimal? H { get; init; }

    public decimal? L { get; init; }

    public decimal? C { get; init; }

    public decimal V { get; init; }

    /// <summary>Quote volume; what the path from open over the extremes to close amounts to when absent.</summary>
    public decimal? Q { get; init; }

    public long N { get; init; } = 4;

    public decimal? TakerV { get; init; }

    public decimal? TakerQ { get; init; }

    public bool Quiet { get; init; }

    public TapeTrade[]? Trades { get; init; }
}

/// <summary>One trade, <paramref name="At"/> milliseconds into its minute.</summary>
internal sealed record TapeTrade(int At, decimal Price, decimal Quantity, bool TakerBuys = false);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(Tape))]
internal sealed partial class TapeJson : JsonSerializerContext;
