using System.Buffers;

namespace NATS.Client.Core;

/// <summary>Byte arrays, memories, sequences and pooled memory, untouched. Pooled memory is disposed once it is written.</summary>
public class NatsRawSerializer<T> : INatsSerializer<T>
{
    public static readonly NatsRawSerializer<T> Default = new(NatsUtf8PrimitivesSerializer<T>.Default);

    private readonly INatsSerializer<T>? _next;

    public NatsRawSerializer(INatsSerializer<T>? next = default) => _next = next;

    public INatsSerializer<T> CombineWith(INatsSerializer<T>? next) => new NatsRawSerializer<T>(next);

    public void Serialize(IBufferWriter<byte> bufferWriter, T value)
    {
        switch (value)
        {
            case byte[] bytes:
                bufferWriter.Write(bytes);
                break;
            case Memory<byte> memory:
                bufferWriter.Write(memory.Span);
                break;
            case ReadOnlyMemory<byte> memory:
                bufferWriter.Write(memory.Span);
                break;
            case ReadOnlySequence<byte> sequence:
                foreach (var segment in sequence)
                    bufferWriter.Write(segment.Span);
                break;
            // Named before its interface, so that the struct is not boxed.
            case NatsMemoryOwner<byte> owner:
                bufferWriter.Write(owner.Span);
                owner.Dispose();
                break;
            case IMemoryOwner<byte> owner:
                using (owner)
                    bufferWriter.Write(owner.Memory.Span);
                break;
            default:
                Next("serialize").Serialize(bufferWriter, value);
                break;
        }
    }

    public T? Deserialize(in ReadOnlySequence<byte> buffer)
    {
        if (typeof(T) == typeof(NatsMemoryOwner<byte>))
            return (T)(object)Pooled(buffer);
        if (typeof(T) == typeof(IMemoryOwner<byte>))
            return (T)(object)Pooled(buffer);
        if (typeof(T) == typeof(byte[]))
            return buffer.IsEmpty ? default : (T)(object)buffer.ToArray();
        if (typeof(T) == typeof(Memory<byte>))
            return buffer.IsEmpty ? default : (T)(object)new Memory<byte>(buffer.ToArray());
        if (typeof(T) == typeof(ReadOnlyMemory<byte>))
            return buffer.IsEmpty ? default : (T)(object)new ReadOnlyMemory<byte>(buffer.ToArray());
        if (typeof(T) == typeof(ReadOnlySequence<byte>))
            return buffer.IsEmpty ? default : (T)(object)new ReadOnlySequence<byte>(buffer.ToArray());
        return Next("deserialize").Deserialize(buffer);
    }

    private static NatsMemoryOwner<byte> Pooled(in ReadOnlySequence<byte> buffer)
    {
        if (buffer.IsEmpty)
            return default;
        var owner = NatsMemoryOwner<byte>.Allocate((int)buffer.Length);
        buffer.CopyTo(owner.Span);
        return owner;
    }

    private INatsSerializer<T> Next(string verb) => _next ?? throw new NatsException($"Can't {verb} {typeof(T)}");
}
