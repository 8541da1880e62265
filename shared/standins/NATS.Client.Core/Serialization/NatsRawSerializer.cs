using System.Buffers;
using NATS.Client.Core.Internal;

namespace NATS.Client.Core;

/// <summary>Byte arrays, memories, sequences and pooled memory, untouched. Pooled memory is disposed once it is written.</summary>
public class NatsRawSerializer<T> : INatsSerializer<T>
{
    public static readonly NatsRawSerializer<T> Default = new(NatsUtf8PrimitivesSerializer<T>.Default);

    // Chosen once per type rather than by a test per message, which would box a struct wherever the JIT does not see through it.
    private static readonly RawFormat<T>? Format = RawFormat.Of<T>();

    private readonly INatsSerializer<T>? _next;

    public NatsRawSerializer(INatsSerializer<T>? next = default) => _next = next;

    public INatsSerializer<T> CombineWith(INatsSerializer<T>? next) => new NatsRawSerializer<T>(next);

    public void Serialize(IBufferWriter<byte> bufferWriter, T value)
    {
        if (Format is { } format)
            format.Write(bufferWriter, value);
        else if (value is IMemoryOwner<byte> owner)
            RawFormat.WriteAndDispose(bufferWriter, owner);
        else
            Next("serialize").Serialize(bufferWriter, value);
    }

    public T? Deserialize(in ReadOnlySequence<byte> buffer)
    {
        if (Format is not { } format)
            return Next("deserialize").Deserialize(buffer);
        return buffer.IsEmpty ? default : format.Read(buffer);
    }

    private INatsSerializer<T> Next(string verb) => _next ?? throw new NatsException($"Can't {verb} {typeof(T)}");
}
