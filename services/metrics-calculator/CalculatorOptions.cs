using System.ComponentModel.DataAnnotations;
using CryptoScreener.Contracts.Candles;
using Microsoft.Extensions.Options;

namespace CryptoScreener.MetricsCalculator;

/// <summary>Section <c>Calculator</c>: what is calculated and how often it is shown.</summary>
internal sealed class CalculatorOptions
{
    public const string Section = "Calculator";

    /// <summary>Timeframes of the windows, for instance <c>5m</c>; the default set when empty.</summary>
    public string[] Timeframes { get; set; } = [];

    /// <summary>A live frame is published at once, then at most one per instrument in this time.</summary>
    [Range(0, 60_000)]
    public int LiveIntervalMs { get; set; } = 100;

    /// <summary>
    /// How many live frames may leave in a second over all instruments. Beyond, every instrument is shown so much less often;
    /// closed frames are never held back.
    /// </summary>
    [Range(1, 1_000_000)]
    public int LiveFramesPerSecond { get; set; } = 10_000;

    /// <summary>Correlation and beta compare with this instrument of the same exchange.</summary>
    [Required]
    public string BenchmarkSymbol { get; set; } = "BTCUSDT";

    /// <summary>Another instrument for one exchange, by the exchange's name: not all name their instruments alike.</summary>
    public Dictionary<string, string> BenchmarkSymbolOf { get; } = new(StringComparer.Ordinal) { ["okx-swap"] = "BTC-USDT-SWAP" };

    /// <summary>How often demanded metrics are looked for.</summary>
    [Range(1, 3_600)]
    public int DemandSeconds { get; set; } = 10;

    /// <summary>Threads that calculate; partitions are shared out among them.</summary>
    [Range(1, 64)]
    public int Lanes { get; set; } = 1;

    /// <summary>How often the states of all instruments are stored: what a restart must read again from candles.</summary>
    [Range(1, 86_400)]
    public int StateSeconds { get; set; } = 3_600;

    public IReadOnlyList<Timeframe> ParsedTimeframes => Timeframes.Length == 0 ? Timeframe.Default : [.. Timeframes.Select(Timeframe.Parse)];
}

[OptionsValidator]
internal sealed partial class CalculatorOptionsValidator : IValidateOptions<CalculatorOptions>;

internal sealed class CalculatorTimeframesValidator : IValidateOptions<CalculatorOptions>
{
    public ValidateOptionsResult Validate(string? name, CalculatorOptions options)
    {
        var wrong = options.Timeframes.Where(t => !Timeframe.TryParse(t, out _)).ToList();
        return wrong.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Calculator:Timeframes: {string.Join(", ", wrong)}: write a number and m, h or d, for instance 5m");
    }
}
