using System.Diagnostics.Metrics;
using System.Net;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.Testing;
using CryptoScreener.UnitTests.DataCollector.Exchanges;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.UnitTests.DataCollector.Backfill;

public sealed class SuccessorAuditTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)] // it is refused
    [InlineData(HttpStatusCode.BadGateway)] // it fails
    public async Task An_instrument_that_is_not_answered_keeps_no_other_waiting(HttpStatusCode status)
    {
        await using var lane = new LaneUnderTest();
        var told = new List<string>();
        var exchange = new AskedExchange((symbol, _, _) =>
        {
            lock (told) told.Add(symbol);
            return symbol == "BAD"
                ? Task.FromException<IReadOnlyList<Candle>>(new HttpRequestException("no", null, status))
                : Task.FromResult<IReadOnlyList<Candle>>([Followed.Bar(1), Followed.Bar(2)]);
        });
        var audit = new SuccessorAudit(
            exchange, lane.Lane, new AuditMetrics(_services.GetRequiredService<IMeterFactory>()), lane.Time, NullLogger<SuccessorAudit>.Instance);
        audit.Ask(Followed.Instrument("BAD"), Followed.Bar(1), isToldTwice: false);
        audit.Ask(Followed.Instrument("GOOD"), Followed.Bar(1), isToldTwice: false);
        lane.Beside(audit.RunAsync);

        await Eventually.TrueAsync(() => Advanced("GOOD") == 1, "the other one is looked up");
        await Eventually.TrueAsync(() => Advanced("BAD") >= (status == HttpStatusCode.BadRequest ? 1 : 3), "what fails is asked for again");
        for (var i = 0; i < 10; i++) Advanced("");
        if (status == HttpStatusCode.BadRequest) Assert.Equal(1, Advanced("BAD")); // what is refused is not

        int Advanced(string symbol)
        {
            lane.Time.Advance(TimeSpan.FromSeconds(1));
            lock (told) return told.Count(s => s == symbol);
        }
    }

    [Fact]
    public void Doubts_that_find_no_room_are_counted()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        using var dropped = new MeteredSum(meters, "data_collector_audits_dropped");
        var audit = new SuccessorAudit(null!, null!, new AuditMetrics(meters), new ManualTime(), NullLogger<SuccessorAudit>.Instance);

        for (var i = 0; i < 8_192; i++) audit.Ask(Followed.Instrument(), Followed.Bar(i), isToldTwice: false);
        Assert.Equal(0, dropped.Value);
        for (var i = 0; i < 3; i++) audit.Ask(Followed.Instrument(), Followed.Bar(i), isToldTwice: false);

        Assert.Equal(3, dropped.Value);
    }

    public void Dispose() => _services.Dispose();
}
