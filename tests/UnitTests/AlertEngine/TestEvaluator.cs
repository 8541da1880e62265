using CryptoScreener.AlertEngine;
using CryptoScreener.AlertEngine.Evaluation;
using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.AlertEngine.Suppression;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Silences;
using CryptoScreener.Testing;
using CryptoScreener.UnitTests.Rules;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.UnitTests.AlertEngine;

/// <summary>A partition's evaluator with rules of the test's own, and frames that hold a price alone.</summary>
internal sealed class TestEvaluator
{
    internal static readonly InstrumentId Bitcoin = new("binance-futures", "BTCUSDT");
    private const long Start = 1_767_600_000_000;

    private readonly ManualTime _time = new(DateTimeOffset.FromUnixTimeMilliseconds(Start));
    private readonly QuoteAssets _quotes = new();
    private readonly RulesInForce _rules = new(NullLogger<RulesInForce>.Instance);

    private readonly SilenceBook _silences = new();

    internal TestEvaluator(params IReadOnlyList<RuleDefinition> rules)
        : this(new EngineOptions(), rules)
    {
    }

    internal TestEvaluator(EngineOptions options, params IReadOnlyList<RuleDefinition> rules)
    {
        if (rules.Count > 0) Use(rules);
        Partition = new PartitionEvaluator(
            epoch: 7, new LaneRules(_rules), _quotes, new AlertComposer(options, _time), new Suppressor(_silences, options));
    }

    internal PartitionEvaluator Partition { get; }

    /// <summary>Whether the last frame was evaluated.</summary>
    internal bool Counted { get; private set; }

    /// <summary>Who takes over with the rules given, from what this one saved.</summary>
    internal TestEvaluator Successor(params IReadOnlyList<RuleDefinition> rules)
    {
        var successor = new TestEvaluator(rules);
        successor.Partition.Restore(SavedInstrumentJson.Read(SavedInstrumentJson.Write(Partition.Save())));
        return successor;
    }

    internal void Use(params IReadOnlyList<RuleDefinition> rules) => _rules.Replace(rules);

    internal void QuotedIn(string? asset) => _quotes.Replace([new InstrumentRow(1, Bitcoin, "BTC", asset, InstrumentStatus.Trading)]);

    internal void Silenced(params IEnumerable<Silence> silences) => _silences.Replace(silences);

    /// <summary>All that was known of a minute has been sent.</summary>
    internal int Mark(int minute) => Partition.Marked(new Mark(Bitcoin.Exchange, 0, Minute(minute), 1, [], 0, 1));

    /// <summary>The wall clock, which starts with minute 0.</summary>
    internal void Wait(TimeSpan time) => _time.Advance(time);

    internal List<AlertEvent> Live(int minute, double price, long epoch = 1) => Send(minute, price, isClosed: false, epoch);

    internal List<AlertEvent> Closed(int minute, double price, long epoch = 1, MetricCatalogue? catalogue = null) => Send(minute, price, isClosed: true, epoch, catalogue);

    /// <summary>As it is sent, ahead of the stream's copy.</summary>
    internal List<AlertEvent> Heard(int minute, double price, long epoch = 1) => Send(minute, price, isClosed: true, epoch, isHeard: true);

    internal static long Minute(int index) => Start + (index * 60_000L);

    private List<AlertEvent> Send(int minute, double price, bool isClosed, long epoch, MetricCatalogue? of = null, bool isHeard = false)
    {
        var catalogue = of ?? TestCatalogue.Full;
        var values = Enumerable.Repeat(double.NaN, catalogue.Count).ToArray();
        values[catalogue.ColumnOf("price")] = price;
        var header = new FrameHeader(isClosed, catalogue.Hash, Minute(minute), Minute(minute) + 30_000, 0, 0, epoch, 0);
        var events = new List<AlertEvent>();
        var item = new EvaluationItem(0, Bitcoin, catalogue, header, values, values.Length, isHeard);
        Counted = Partition.Begin(item, out _);
        for (var isDone = !Counted; !isDone;) isDone = Partition.Step(item, events);
        return events;
    }
}
