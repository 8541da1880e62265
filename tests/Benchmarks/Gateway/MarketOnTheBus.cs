using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Messaging;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Messaging.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>What a calculator would say of many instruments, with the whole built-in catalogue; one column holds the time of the telling.</summary>
internal sealed class MarketOnTheBus : IAsyncDisposable
{
    internal const string Exchange = "bench";
    internal const string StampColumn = "change(1h)";

    private readonly IHost _host;
    private readonly MetricCatalogue _catalogue = CalculationPlan.Create().Catalogue;
    private readonly ArrayBufferWriter<byte> _frame = new();
    private readonly double[] _values;
    private readonly Random _random = new(1);

    private MarketOnTheBus(IHost host)
    {
        _host = host;
        _values = new double[_catalogue.Count];
    }

    internal static InstrumentId Id(int number) => new(Exchange, string.Create(CultureInfo.InvariantCulture, $"C{number:0000}USDT"));

    internal static async Task<MarketOnTheBus> StartAsync(string nats, int instruments)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration[$"{MessagingOptions.Section}:{nameof(MessagingOptions.Url)}"] = nats;
        builder.Services.AddMetrics();
        builder.Services.AddScreenerMessaging();
        var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<Bus>().WhenReadyAsync(CancellationToken.None);
        var market = new MarketOnTheBus(host);
        await market.IntroduceAsync(instruments);
        return market;
    }

    /// <summary>A live frame of each of some instruments, all with this moment in them.</summary>
    internal async Task LiveAsync(int first, int count)
    {
        var core = _host.Services.GetRequiredService<CorePublisher>();
        for (var i = first; i < first + count; i++)
        {
            Write(isClosed: false);
            await core.PublishAsync(Subjects.MetricsLive(0, Id(i)), _frame.WrittenMemory, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task IntroduceAsync(int instruments)
    {
        var stored = _host.Services.GetRequiredService<StoredPublisher>();
        var document = new CatalogueDocument(_catalogue.Hash.ToString("x16", CultureInfo.InvariantCulture), _catalogue.Metrics);
        await stored.PublishAsync(
            Subjects.MetricsCatalogue(_catalogue.Hash), JsonSerializer.SerializeToUtf8Bytes(document, ContractsJson.Default.CatalogueDocument), null, CancellationToken.None);
        for (var i = 0; i < instruments; i++)
        {
            Write(isClosed: true);
            await stored.PublishAsync(Subjects.MetricsClosed(0, Id(i)), _frame.WrittenMemory.ToArray(), null, CancellationToken.None);
        }

        await stored.FlushAsync(CancellationToken.None);
    }

    private void Write(bool isClosed)
    {
        for (var i = 0; i < _values.Length; i++) _values[i] = Math.Round(_random.NextDouble() * 100, 4);
        var now = Stamp.Now;
        _values[_catalogue.ColumnOf(StampColumn)] = now;
        _frame.ResetWrittenCount();
        var minute = (long)now / Timeframe.MinuteMs * Timeframe.MinuteMs;
        FrameCodec.Write(_frame, new FrameHeader(isClosed, _catalogue.Hash, isClosed ? minute - Timeframe.MinuteMs : minute, 0, 0, (long)now, 1, 0), _values);
    }
}
