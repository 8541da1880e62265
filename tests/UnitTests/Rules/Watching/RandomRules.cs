using System.Globalization;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.UnitTests.Rules.Watching;

/// <summary>Random rules and frames over few metrics and few values, so that everything meets everything.</summary>
internal sealed class RandomRules(Random random)
{
    private static readonly string[] Metrics = ["price", "change(5m)", "change(15m)", "rsi(14,1h)", "volume(5m)"];
    private static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT"];

    public CompiledRule Rule(int number) => Rule(number, new TriggerOptions());

    public CompiledRule Rule(int number, TriggerOptions trigger) =>
        RuleTexts.Compile(RuleTexts.Definition(Condition(2), trigger, Universe(), $"r{number}"));

    /// <summary>A frame that differs from the last in some values; some become unknown.</summary>
    public double[] Next(double[] last)
    {
        var frame = (double[])last.Clone();
        foreach (var metric in Metrics)
            if (random.Next(3) != 0) frame[TestCatalogue.ColumnOf(metric)] = random.Next(12) == 0 ? double.NaN : random.Next(-4, 5) / 2.0;
        return frame;
    }

    private RuleUniverse Universe() => random.Next(6) switch
    {
        0 => new RuleUniverse { Include = [Symbols[random.Next(2)]] },
        1 => new RuleUniverse { Include = [Symbols[0], Symbols[1]], Exchanges = ["binance-futures"] },
        2 => new RuleUniverse { Include = ["B*"], QuoteAssets = ["USDT"] },
        3 => new RuleUniverse { Exclude = ["*USDC"], Exchanges = random.Next(2) == 0 ? ["bybit-linear"] : [] },
        _ => new RuleUniverse(),
    };

    private string Condition(int depth) => random.Next(depth > 0 ? 10 : 5) switch
    {
        < 2 => $"{Metric()} {Sign()} {Constant()}",
        2 => $"{Number()} {Sign()} {Number()} + {Metric()}",
        3 => $"{Metric()} {(random.Next(2) == 0 ? "crosses_above" : "crosses_below")} {(random.Next(2) == 0 ? Metric() : Constant())}",
        4 => $"{Metric()} within {(random.Next(2) == 0 ? "-1 to 1" : $"1.5 of {Metric()}")}",
        5 => $"not ({Condition(depth - 1)})",
        < 8 => $"({Condition(depth - 1)}) and ({Condition(depth - 1)})",
        _ => $"({Condition(depth - 1)}) or ({Condition(depth - 1)}) or {Metric()} > {Constant()}",
    };

    private string Number() => random.Next(5) switch
    {
        0 => $"2 * {Metric()}",
        1 => $"{Metric()} - {Metric()}",
        2 => $"{Metric()} / {Metric()}",
        3 => $"max({Metric()}, previous({Metric()}))",
        _ => Metric(),
    };

    private string Metric() => Metrics[random.Next(Metrics.Length)];

    private string Constant() => (random.Next(-4, 5) / 2.0).ToString(CultureInfo.InvariantCulture);

    private string Sign() => random.Next(6) switch { 0 => "<", 1 => "<=", 2 => ">", 3 => ">=", 4 => "==", _ => "!=" };
}
