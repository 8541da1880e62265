using System.Text.Json.Serialization;

namespace CryptoScreener.ExchangeSimulator.Okx;

[JsonSerializable(typeof(string))]
internal sealed partial class OkxJson : JsonSerializerContext;
