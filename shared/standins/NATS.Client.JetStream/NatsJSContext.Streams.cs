using System.Runtime.CompilerServices;
using NATS.Client.JetStream.Internal;
using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream;

public partial class NatsJSContext
{
    private const int NotFound = 404;

    public async ValueTask<INatsJSStream> CreateStreamAsync(StreamConfig config, CancellationToken cancellationToken = default) =>
        await ConfigureAsync("CREATE", config, cancellationToken).ConfigureAwait(false);

    public ValueTask<NatsJSStream> UpdateStreamAsync(StreamConfig request, CancellationToken cancellationToken = default) =>
        ConfigureAsync("UPDATE", request, cancellationToken);

    public async ValueTask<INatsJSStream> CreateOrUpdateStreamAsync(StreamConfig config, CancellationToken cancellationToken = default)
    {
        try
        {
            return await UpdateStreamAsync(config, cancellationToken).ConfigureAwait(false);
        }
        catch (NatsJSApiException e) when (e.Error.Code == NotFound)
        {
            return await CreateStreamAsync(config, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<INatsJSStream> GetStreamAsync(
        string stream, StreamInfoRequest? request = null, CancellationToken cancellationToken = default) =>
        new NatsJSStream(this, await InfoAsync(stream, request, cancellationToken).ConfigureAwait(false));

    public async ValueTask<bool> DeleteStreamAsync(string stream, CancellationToken cancellationToken = default)
    {
        EnsureValidName(stream, nameof(stream));
        var response = await CallAsync(
            $"STREAM.DELETE.{stream}", null, ApiJson.Default.StreamConfig, ApiJson.Default.SuccessResponse, cancellationToken).ConfigureAwait(false);
        return response.Success;
    }

    public ValueTask<StreamPurgeResponse> PurgeStreamAsync(
        string stream, StreamPurgeRequest request, CancellationToken cancellationToken = default)
    {
        EnsureValidName(stream, nameof(stream));
        return CallAsync(
            $"STREAM.PURGE.{stream}", request, ApiJson.Default.StreamPurgeRequest, ApiJson.Default.StreamPurgeResponse, cancellationToken);
    }

    public async IAsyncEnumerable<string> ListStreamNamesAsync(
        string? subject = default, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var offset = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var request = new StreamNamesRequest { Subject = subject, Offset = offset };
            var page = await CallAsync(
                "STREAM.NAMES", request, ApiJson.Default.StreamNamesRequest, ApiJson.Default.StreamNamesResponse, cancellationToken)
                .ConfigureAwait(false);
            if (page.Streams is not { Length: > 0 } names)
                yield break;
            foreach (var name in names)
                yield return name;
            offset += names.Length;
        }
    }

    internal ValueTask<StreamInfo> InfoAsync(string stream, StreamInfoRequest? request, CancellationToken cancellationToken)
    {
        EnsureValidName(stream, nameof(stream));
        return CallAsync(
            $"STREAM.INFO.{stream}", request, ApiJson.Default.StreamInfoRequest, ApiJson.Default.StreamInfo, cancellationToken);
    }

    private async ValueTask<NatsJSStream> ConfigureAsync(string verb, StreamConfig config, CancellationToken cancellationToken)
    {
        EnsureValidName(config.Name, nameof(config));
        var info = await CallAsync(
            $"STREAM.{verb}.{config.Name}", config, ApiJson.Default.StreamConfig, ApiJson.Default.StreamInfo, cancellationToken).ConfigureAwait(false);
        return new NatsJSStream(this, info);
    }
}
