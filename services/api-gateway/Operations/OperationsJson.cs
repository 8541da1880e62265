using System.Text.Json.Serialization;

namespace CryptoScreener.ApiGateway.Operations;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<ServiceReport>))]
[JsonSerializable(typeof(IReadOnlyList<ExchangeHealth>))]
[JsonSerializable(typeof(IReadOnlyList<PerformanceSample>))]
[JsonSerializable(typeof(PerformanceNow))]
[JsonSerializable(typeof(OperationsOverview))]
[JsonSerializable(typeof(ExecutiveSummary))]
[JsonSerializable(typeof(AlertmanagerPost))]
internal sealed partial class OperationsJson : JsonSerializerContext;
