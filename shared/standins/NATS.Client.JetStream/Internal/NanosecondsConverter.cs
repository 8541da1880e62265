using System.Text.Json;
using System.Text.Json.Serialization;

namespace NATS.Client.JetStream.Internal;

/// <summary>Servers count durations in nanoseconds.</summary>
internal sealed class NanosecondsConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TimeSpan.FromTicks(reader.GetInt64() / TimeSpan.NanosecondsPerTick);

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(ToNanoseconds(value));

    public static long ToNanoseconds(TimeSpan value) => value.Ticks * TimeSpan.NanosecondsPerTick;
}
