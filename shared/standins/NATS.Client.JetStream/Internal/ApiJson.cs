using System.Text.Json;
using System.Text.Json.Serialization;
using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream.Internal;

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    RespectNullableAnnotations = true,
    Converters =
    [
        typeof(SnakeCaseConverter<StreamConfigRetention>),
        typeof(SnakeCaseConverter<StreamConfigStorage>),
        typeof(SnakeCaseConverter<StreamConfigDiscard>),
        typeof(SnakeCaseConverter<ConsumerConfigDeliverPolicy>),
        typeof(SnakeCaseConverter<ConsumerConfigAckPolicy>),
        typeof(SnakeCaseConverter<ConsumerConfigReplayPolicy>),
    ])]
[JsonSerializable(typeof(ApiErrorResponse))]
[JsonSerializable(typeof(SuccessResponse))]
[JsonSerializable(typeof(StreamConfig))]
[JsonSerializable(typeof(StreamInfo))]
[JsonSerializable(typeof(StreamInfoRequest))]
[JsonSerializable(typeof(StreamNamesRequest))]
[JsonSerializable(typeof(StreamNamesResponse))]
[JsonSerializable(typeof(StreamMsgGetRequest))]
[JsonSerializable(typeof(StreamMsgGetResponse))]
[JsonSerializable(typeof(StreamPurgeRequest))]
[JsonSerializable(typeof(StreamPurgeResponse))]
[JsonSerializable(typeof(ConsumerCreateRequest))]
[JsonSerializable(typeof(ConsumerInfo))]
[JsonSerializable(typeof(NextRequest))]
[JsonSerializable(typeof(PubAckResponse))]
internal sealed partial class ApiJson : JsonSerializerContext;

internal sealed class SnakeCaseConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower)
    where TEnum : struct, Enum;
