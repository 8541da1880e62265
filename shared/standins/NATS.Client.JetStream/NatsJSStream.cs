using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream.Internal;
using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream;

public class NatsJSStream : INatsJSStream
{
    private readonly NatsJSContext _context;
    private readonly string _name;

    internal NatsJSStream(NatsJSContext context, StreamInfo info)
    {
        _context = context;
        _name = info.Config.Name ?? throw new NatsJSException("The JetStream API described a stream without a name");
        Info = info;
    }

    public StreamInfo Info { get; private set; }

    public async ValueTask RefreshAsync(CancellationToken cancellationToken = default) =>
        Info = await _context.InfoAsync(_name, null, cancellationToken).ConfigureAwait(false);

    public ValueTask<NatsMsg<T>> GetDirectAsync<T>(
        StreamMsgGetRequest request, INatsDeserialize<T>? serializer = default, CancellationToken cancellationToken = default) =>
        _context.Nats.RequestAsync<byte[], T>(
            $"{_context.Opts.Prefix}.DIRECT.GET.{_name}",
            JsonSerializer.SerializeToUtf8Bytes(request, ApiJson.Default.StreamMsgGetRequest),
            requestSerializer: NatsRawSerializer<byte[]>.Default,
            replySerializer: serializer,
            cancellationToken: cancellationToken);

    public ValueTask<StreamMsgGetResponse> GetAsync(StreamMsgGetRequest request, CancellationToken cancellationToken = default) =>
        _context.CallAsync(
            $"STREAM.MSG.GET.{_name}",
            request,
            ApiJson.Default.StreamMsgGetRequest,
            ApiJson.Default.StreamMsgGetResponse,
            cancellationToken);
}
