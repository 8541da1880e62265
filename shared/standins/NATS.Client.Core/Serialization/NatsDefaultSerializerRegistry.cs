namespace NATS.Client.Core;

/// <summary>Bytes as they are, strings and numbers as UTF-8 text; any other type needs a serializer of its own.</summary>
public class NatsDefaultSerializerRegistry : INatsSerializerRegistry
{
    public static readonly NatsDefaultSerializerRegistry Default = new();

    public INatsSerialize<T> GetSerializer<T>() => NatsRawSerializer<T>.Default;

    public INatsDeserialize<T> GetDeserializer<T>() => NatsRawSerializer<T>.Default;
}
