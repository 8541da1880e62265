using System.Text.Json.Serialization;

namespace CryptoScreener.ExchangeSimulator.Binance;

[JsonSerializable(typeof(string[]))]
internal sealed partial class BinanceJson : JsonSerializerContext;
