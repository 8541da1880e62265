using System.ComponentModel.DataAnnotations;

namespace CryptoScreener.Storage;

/// <summary>For how many days each kind of data is kept. Tables by time lose whole spans, so a little more may stay.</summary>
public sealed class RetentionOptions
{
    private const int Longest = 36_500;

    [Range(1, Longest)]
    public int MinuteCandles { get; set; } = 90;

    /// <summary>Timeframes above a minute and below an hour.</summary>
    [Range(1, Longest)]
    public int ShortCandles { get; set; } = 180;

    /// <summary>Timeframes of an hour and above.</summary>
    [Range(1, Longest)]
    public int LongCandles { get; set; } = 730;

    [Range(1, Longest)]
    public int Metrics { get; set; } = 7;

    [Range(1, Longest)]
    public int HourlyMetrics { get; set; } = 90;

    [Range(1, Longest)]
    public int Alerts { get; set; } = 365;

    [Range(1, Longest)]
    public int DeliveryAttempts { get; set; } = 30;
}
