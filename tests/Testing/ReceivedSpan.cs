using System.Text;

namespace CryptoScreener.Testing;

/// <summary>What an exported span says of itself; ids in lower-case hexadecimal.</summary>
public sealed record ReceivedSpan(string Service, string Name, string TraceId, string SpanId, string ParentId)
{
    // Field numbers of opentelemetry-proto: a request holds resource spans, these a resource and scope spans, these the spans.
    internal static IEnumerable<ReceivedSpan> ReadAll(ReadOnlyMemory<byte> request) =>
        from resourceSpans in Protobuf.Fields(request, 1)
        let service = ServiceOf(resourceSpans)
        from scopeSpans in Protobuf.Fields(resourceSpans, 2)
        from span in Protobuf.Fields(scopeSpans, 2)
        select new ReceivedSpan(service, Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4));

    private static string ServiceOf(ReadOnlyMemory<byte> resourceSpans) => (
        from resource in Protobuf.Fields(resourceSpans, 1)
        from attribute in Protobuf.Fields(resource, 1)
        where Text(attribute, 1) == "service.name"
        from value in Protobuf.Fields(attribute, 2)
        select Text(value, 1)).FirstOrDefault("");

    private static string Text(ReadOnlyMemory<byte> message, int field) => Encoding.UTF8.GetString(One(message, field).Span);

    private static string Hex(ReadOnlyMemory<byte> message, int field) => Convert.ToHexStringLower(One(message, field).Span);

    private static ReadOnlyMemory<byte> One(ReadOnlyMemory<byte> message, int field) => Protobuf.Fields(message, field).FirstOrDefault();
}
