using System.Globalization;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.Benchmarks.Rules;

/// <summary>
/// The mix for which times are promised: 90 % price levels per instrument, 9 % universe-wide, 1 % compound. Levels keep a distance from
/// the price and the other rules stand for rare events, so that the frames of <see cref="Quiet"/> fire nothing.
/// </summary>
internal sealed class RuleMix
{
    public const int Instruments = 800;
    public const double Price = 100;

    private static readonly string[] Bars = [.. Timeframe.Default.Select(t => t.ToString())];
    private readonly Random _random = new(1);
    private readonly RuleUniverse _everywhere = new();
    private readonly TriggerOptions _trigger = new() { RearmSeconds = 300 };
    private readonly RuleUniverse[] _own = [.. Enumerable.Range(0, Instruments).Select(i => new RuleUniverse { Include = [SymbolOf(i)] })];

    public static readonly MetricCatalogue Catalogue = new(Metrics());

    public static InstrumentId InstrumentOf(int i) => new("binance-futures", SymbolOf(i));

    public IEnumerable<RuleDefinition> Definitions(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (expression, universe) = (i % 100) switch
            {
                < 90 => (Level(), _own[_random.Next(Instruments)]),
                < 99 => (Rare(), _everywhere),
                _ => (Compound(), _everywhere),
            };
            yield return Definition(i, expression, universe);
        }
    }

    public RuleDefinition AtOnePrice(int i) => Definition(i, "price > 101", _own[0]);

    public RuleDefinition Definition(int i, string expression, RuleUniverse? universe = null) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"rule-{i}"),
        Version = 1,
        Name = "A rule",
        RuleType = "custom",
        Expression = expression,
        Trigger = _trigger,
        Universe = universe ?? _everywhere,
    };

    /// <summary>A frame in which everything moves a little.</summary>
    public static void Quiet(Random random, double[] frame)
    {
        for (var i = 0; i < frame.Length; i++)
        {
            var size = Catalogue.Metrics[i].Unit switch { "price" => Price, "score" => 50, "percent" => 0.5, _ => 1e6 };
            frame[i] = size * (0.995 + (random.NextDouble() * 0.01));
        }
    }

    private static string SymbolOf(int i) => string.Create(CultureInfo.InvariantCulture, $"COIN{i}USDT");

    private string Level()
    {
        var distance = 0.01 + (_random.NextDouble() * 0.29);
        return _random.Next(2) == 0 ? $"price > {Text(Price * (1 + distance))}" : $"price < {Text(Price * (1 - distance))}";
    }

    private string Rare() => _random.Next(5) switch
    {
        0 => $"rsi(14, {Bar()}) < {Text(10 + (_random.NextDouble() * 25))}",
        1 => $"rsi(14, {Bar()}) > {Text(65 + (_random.NextDouble() * 25))}",
        2 => $"change({Bar()}) > {Text(1 + (_random.NextDouble() * 20))}%",
        3 => $"price crosses_above ema(21, {Bar()}) * {_random.Next(102, 112)}%",
        _ => $"{_random.Next(2, 6)} * change(5m) - change({Bar()}) > {Text(4 + _random.NextDouble())}",
    };

    private string Compound() =>
        $"change({Bar()}) > {Text(_random.NextDouble())} and rsi(14, {Bar()}) < {_random.Next(40, 70)} and volume({Bar()}) > {_random.Next(1, 3000)}k " +
        $"and ({_random.Next(1, 5)} * change(5m) > change({Bar()}) or {_random.Next(2, 9)} * volume(5m) > volume({Bar()})) and change(1h) > {Text(2 + _random.NextDouble())}";

    private string Bar() => Bars[_random.Next(Bars.Length)];

    private static string Text(double value) => value.ToString("0.#####", CultureInfo.InvariantCulture);

    private static IEnumerable<MetricDefinition> Metrics()
    {
        yield return Metric("price", "price");
        foreach (var bar in Bars)
        {
            foreach (var percent in new[] { "change", "roc", "range", "taker_share" }) yield return Metric(percent, "percent", bar);
            foreach (var price in new[] { "open", "high", "low", "close" }) yield return Metric(price, "price", bar);
            foreach (var volume in new[] { "volume", "base_volume", "trades" }) yield return Metric(volume, "quote", bar);
            foreach (var period in new[] { "9", "21", "50", "200" }) yield return Metric("ema", "price", period, bar);
            foreach (var period in new[] { "7", "14", "21" }) yield return Metric("rsi", "score", period, bar);
            foreach (var other in new[] { "adx", "mfi", "cci", "natr", "zscore" }) yield return Metric(other, "score", "14", bar);
        }
    }

    private static MetricDefinition Metric(string function, string unit, params string[] arguments) =>
        new(MetricDefinition.NameOf(function, arguments), function, arguments, unit, "", 0);
}
