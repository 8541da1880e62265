using System.Text.Json.Serialization;

namespace CryptoScreener.ApiGateway.Operations;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<ServiceReport>))]
[JsonSerializable(typeof(IReadOnlyList<ExchangeHealth>))]
internal sealed partial class OperationsJson : JsonSerializerContext;
