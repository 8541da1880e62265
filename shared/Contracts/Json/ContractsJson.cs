using System.Text.Json.Serialization;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Contracts.Status;

namespace CryptoScreener.Contracts.Json;

/// <summary>Source-generated JSON for everything on the bus but candles, which are hot enough to have <c>CandleCodec</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Mark))]
[JsonSerializable(typeof(AlertEvent))]
[JsonSerializable(typeof(IReadOnlyList<AlertEvent>))]
[JsonSerializable(typeof(FeedStatus))]
[JsonSerializable(typeof(StallEvent))]
[JsonSerializable(typeof(GapEvent))]
[JsonSerializable(typeof(ListingEvent))]
[JsonSerializable(typeof(BackfilledEvent))]
[JsonSerializable(typeof(EvaluationGapEvent))]
[JsonSerializable(typeof(ServiceStatus))]
[JsonSerializable(typeof(CatalogueDocument))]
[JsonSerializable(typeof(RuleDefinition))]
[JsonSerializable(typeof(IReadOnlyList<RuleDefinition>))]
public sealed partial class ContractsJson : JsonSerializerContext;
