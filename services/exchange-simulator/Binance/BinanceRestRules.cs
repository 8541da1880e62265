using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>Where the markets' HTTP interfaces differ.</summary>
internal sealed record BinanceRestRules(
    int MaxKlines, int ServerWeight, int InfoWeight, int TickerWeight, int AllTickersWeight, Func<int?, int> KlineWeight, Action<Utf8JsonWriter, Market> WriteInfo)
{
    /// <summary>As measured: the tops of the steps are inclusive, and leaving the limit out costs 5.</summary>
    public static readonly BinanceRestRules UsdM = new(
        MaxKlines: 1_500, ServerWeight: 1, InfoWeight: 1, TickerWeight: 1, AllTickersWeight: 40,
        limit => limit switch { null => 5, <= 100 => 1, <= 500 => 2, <= 1_000 => 5, _ => 10 }, BinanceInfo.WriteUsdM);

    public static readonly BinanceRestRules Spot = new(
        MaxKlines: 1_000, ServerWeight: 1, InfoWeight: 20, TickerWeight: 2, AllTickersWeight: 80, _ => 2, BinanceInfo.WriteSpot);
}
