using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace NATS.Client.Core;

/// <summary>Strings, numbers, booleans and identifiers as invariant UTF-8 text.</summary>
public class NatsUtf8PrimitivesSerializer<T> : INatsSerializer<T>
{
    public static readonly NatsUtf8PrimitivesSerializer<T> Default = new();

    private const int LongestPrimitive = 128;

    private readonly INatsSerializer<T>? _next;

    public NatsUtf8PrimitivesSerializer(INatsSerializer<T>? next = default) => _next = next;

    public INatsSerializer<T> CombineWith(INatsSerializer<T>? next) => new NatsUtf8PrimitivesSerializer<T>(next);

    public void Serialize(IBufferWriter<byte> bufferWriter, T value)
    {
        switch (value)
        {
            case string text:
                Encoding.UTF8.GetBytes(text, bufferWriter);
                break;
            case bool flag:
                bufferWriter.Write(flag ? "True"u8 : "False"u8);
                break;
            case int or long or ulong or double or decimal or Guid:
                var formattable = (IUtf8SpanFormattable)value;
                formattable.TryFormat(bufferWriter.GetSpan(LongestPrimitive), out var written, default, CultureInfo.InvariantCulture);
                bufferWriter.Advance(written);
                break;
            default:
                Next("serialize").Serialize(bufferWriter, value);
                break;
        }
    }

    public T? Deserialize(in ReadOnlySequence<byte> buffer)
    {
        if (typeof(T) == typeof(string))
            return buffer.IsEmpty ? default : (T)(object)Encoding.UTF8.GetString(buffer);
        if (!IsPrimitive)
            return Next("deserialize").Deserialize(buffer);
        if (buffer.IsEmpty)
            return default;
        var text = buffer.IsSingleSegment ? buffer.FirstSpan : buffer.ToArray();
        return (T)(Parse(text) ?? throw new NatsException($"Can't deserialize {typeof(T)}. Parsing error"));
    }

    // Nullables are unwrapped by the runtime when the boxed value is cast back.
    private static readonly Type Primitive = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);

    private static readonly bool IsPrimitive = Primitive == typeof(bool) || Primitive == typeof(int) || Primitive == typeof(long)
        || Primitive == typeof(ulong) || Primitive == typeof(double) || Primitive == typeof(decimal) || Primitive == typeof(Guid);

    private static object? Parse(ReadOnlySpan<byte> text)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (Primitive == typeof(bool))
            return Utf8Parser.TryParse(text, out bool flag, out var used) && used == text.Length ? flag : null;
        if (Primitive == typeof(int))
            return int.TryParse(text, invariant, out var number) ? number : null;
        if (Primitive == typeof(long))
            return long.TryParse(text, invariant, out var number) ? number : null;
        if (Primitive == typeof(ulong))
            return ulong.TryParse(text, invariant, out var number) ? number : null;
        if (Primitive == typeof(double))
            return double.TryParse(text, invariant, out var number) ? number : null;
        if (Primitive == typeof(decimal))
            return decimal.TryParse(text, invariant, out var number) ? number : null;
        return Guid.TryParse(Encoding.UTF8.GetString(text), out var id) ? id : null;
    }

    private INatsSerializer<T> Next(string verb) => _next ?? throw new NatsException($"Can't {verb} {typeof(T)}");
}
