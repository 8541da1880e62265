using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Demands;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.ApiGateway.Realtime;
using CryptoScreener.ApiGateway.Realtime.Channels;
using CryptoScreener.ApiGateway.Realtime.Topics;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Hosting.Health;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.Messaging.Catalogues;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CryptoScreener.IntegrationTests.Gateway;

public sealed class PageDemandNotesTests : IClassFixture<ServersFixture>, IDisposable
{
    private static readonly Seat Seat = new(new Nobody(), "a:ann", new Account("ann", "Ann", Role.Reader, []));
    private readonly ServersFixture _servers;
    private readonly ManualTime _time = new();
    private readonly PageDemands _demands;
    private readonly CatalogueBook _catalogues;
    private readonly MarketView _market = new(new FrameBook());
    private readonly TopicClock _clock;
    private readonly TopicBook _topics;

    public PageDemandNotesTests(ServersFixture servers)
    {
        _servers = servers;
        _demands = new PageDemands(new DemandAllowance(_time), new FirstLooks(_time), _time);
        _catalogues = new CatalogueBook(null!, _time, NullLogger<CatalogueBook>.Instance); // what it is told is enough here
        var options = Options.Create(new RealtimeOptions());
        _clock = new TopicClock(_market, new HeartbeatRegistry(TimeProvider.System), options, _time);
        _topics = new TopicBook(_clock, _market, options);
    }

    public void Dispose() => _clock.Dispose();

    [Fact]
    public async Task What_a_socket_has_subscribed_to_is_asked_for_as_long_as_it_is_missing()
    {
        await using var storage = await TestStorage.CreateAsync(_servers);
        var store = storage.Get<DemandStore>();
        var notes = Notes(store);
        Join("price", "nonsense", "rsi(7,5m)"); // before there is a catalogue, which would refuse the second
        await notes.RunOnceAsync(CancellationToken.None);
        _catalogues.Met(CalculationPlan.Create().Catalogue, minute: 1);
        await RunAsync();
        Assert.Empty(await store.NamesAsync());

        await RunAsync();
        Assert.Equal(["rsi(7,5m)"], await store.NamesAsync());

        await storage.ExecuteAsync("DELETE FROM metric_demands"); // it had to make way for others
        for (var i = 0; i < 4; i++) await RunAsync();
        Assert.Equal(["rsi(7,5m)"], await store.NamesAsync());

        Task RunAsync() => RunLaterAsync(notes);
    }

    [Fact]
    public async Task What_calculators_object_to_is_answered_with_their_reason()
    {
        await using var storage = await TestStorage.CreateAsync(_servers);
        var store = storage.Get<DemandStore>();
        var notes = Notes(store);
        _catalogues.Met(CalculationPlan.Create().Catalogue, minute: 1);
        Join("rsi(14,2h)");
        for (var i = 0; i < 2; i++) await RunLaterAsync(notes);
        Assert.Equal([new DemandedMetric("rsi(14,2h)", DemandState.Adding, null)], Answer());

        await store.JudgeAsync([new Demand("rsi(14,2h)", "There are no bars of 2h.")]);
        for (var i = 0; i < 4; i++) await RunLaterAsync(notes);
        Assert.Equal([new DemandedMetric("rsi(14,2h)", DemandState.Refused, "There are no bars of 2h.")], Answer());

        IReadOnlyList<DemandedMetric> Answer() => _demands.Use(Seat.Account, [new RuleMetric("rsi(14,2h)", -1)]);
    }

    [Fact]
    public async Task What_is_asked_for_while_the_database_is_away_is_noted_when_it_is_back()
    {
        await using var away = new TestStorage("Host=127.0.0.1;Port=1;Username=nobody;Database=none");
        await using var storage = await TestStorage.CreateAsync(_servers);
        _catalogues.Met(CalculationPlan.Create().Catalogue, minute: 1);
        var topic = Join("rsi(7,5m)");
        var notes = Notes(away.Get<DemandStore>());
        await notes.RunOnceAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(15));
        await notes.RunOnceAsync(CancellationToken.None);

        var store = storage.Get<DemandStore>();
        _topics.Leave(topic, Seat);
        await Notes(store).RunOnceAsync(CancellationToken.None);
        Assert.Equal(["rsi(7,5m)"], await store.NamesAsync());
    }

    private async Task RunLaterAsync(PageDemandNotes notes)
    {
        _time.Advance(TimeSpan.FromSeconds(15));
        await notes.RunOnceAsync(CancellationToken.None);
    }

    private PageDemandNotes Notes(DemandStore store) => new(_demands, _topics, _catalogues, store, _time, NullLogger<PageDemandNotes>.Instance);

    private Topic Join(params string[] columns) => _topics.Join(
        "metrics", string.Join(' ', columns), id => new MetricsTopic(id, _market, new FrameColumns(columns), null, new HashSet<InstrumentId>()), Seat);

    private sealed class Nobody : IWake
    {
        public void Wake()
        {
        }
    }
}
