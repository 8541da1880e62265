using System.Collections.Concurrent;
using System.Text.Json;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Messaging.Reading;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.Messaging.Catalogues;

/// <summary>Catalogues by their hash, fetched from the bus the first time a frame names one.</summary>
public sealed class CatalogueBook
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ulong, MetricCatalogue> _known = new();
    private readonly ConcurrentDictionary<ulong, bool> _asked = new();
    private readonly ConcurrentDictionary<ulong, bool> _lost = new();
    private readonly StoredReader _stream;
    private readonly TimeProvider _time;
    private readonly ILogger<CatalogueBook> _logger;
    private readonly Lock _meeting = new();
    private volatile Newest? _newest;

    internal CatalogueBook(StoredReader stream, TimeProvider time, ILogger<CatalogueBook> logger)
    {
        _stream = stream;
        _time = time;
        _logger = logger;
    }

    /// <summary>The catalogue of the newest minute that was met; null before the first one was fetched.</summary>
    public MetricCatalogue? Current => _newest?.Catalogue;

    /// <summary>Whoever takes frames says which catalogue each has: the order in which catalogues are fetched tells nothing of their age.</summary>
    public void Met(MetricCatalogue catalogue, long minute)
    {
        if (_newest is { } known && minute <= known.Minute) return;
        lock (_meeting) // once a minute
        {
            if (_newest is not { } newest || minute > newest.Minute) _newest = new Newest(catalogue, minute);
        }
    }

    /// <summary>For frames that are superseded anyway: null while their catalogue is being fetched.</summary>
    public MetricCatalogue? Find(ulong hash)
    {
        if (_known.TryGetValue(hash, out var catalogue)) return catalogue;
        if (_asked.TryAdd(hash, true)) _ = Task.Run(() => FetchAsync(hash));
        return null;
    }

    /// <summary>For frames that must be read: waits for the catalogue; null when it is nowhere, so that one lost catalogue blocks no reader for ever.</summary>
    public async ValueTask<MetricCatalogue?> TryGetAsync(ulong hash, CancellationToken stop)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            if (Find(hash) is { } catalogue) return catalogue;
            if (_lost.ContainsKey(hash)) return null;
            if (_time.GetElapsedTime(started) > Patience && _lost.TryAdd(hash, true)) MessagingLog.CatalogueLost(_logger, hash);
            await Task.Delay(RetryInterval, _time, stop);
        }
    }

    private async Task FetchAsync(ulong hash)
    {
        try
        {
            var json = await _stream.LastAsync(Contracts.Bus.Streams.Metrics, Subjects.MetricsCatalogue(hash), CancellationToken.None);
            if (json is null || JsonSerializer.Deserialize(json, ContractsJson.Default.CatalogueDocument) is not { } document) return;
            var catalogue = new MetricCatalogue(document.Metrics);
            if (catalogue.Hash != hash)
            {
                MessagingLog.CatalogueMismatch(_logger, hash, catalogue.Hash);
                return;
            }

            _known[hash] = catalogue;
            Met(catalogue, minute: 0); // better than none, until the first frame has been taken
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            MessagingLog.CatalogueNotFetched(_logger, hash, e.Message);
        }
        finally
        {
            _asked.TryRemove(hash, out _); // the next frame asks again if this did not help
        }
    }

    private sealed record Newest(MetricCatalogue Catalogue, long Minute);
}
