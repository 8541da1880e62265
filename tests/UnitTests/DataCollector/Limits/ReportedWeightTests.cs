using System.Globalization;
using System.Net;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Exchanges.Binance;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.DataCollector.Limits;

/// <summary>An exchange that has counted what we know nothing of: what we spent before a restart, or what a neighbour spends.</summary>
public sealed class ReportedWeightTests
{
    private readonly ManualTime _time = new();

    public ReportedWeightTests() => _time.Advance(TimeSpan.FromSeconds(5));

    [Fact]
    public async Task What_the_exchange_has_counted_is_spent_and_nothing_is_refused()
    {
        using var account = new Account { Used = 2_270 };
        using var http = new HttpClient(account);
        var exchange = new BinanceExchange(BinanceMarket.Futures, new ExchangeOptions(), http, _time);
        for (var i = 0; i < 10; i++) await exchange.TimeAsync(CancellationToken.None);
        var next = exchange.TimeAsync(CancellationToken.None);
        Assert.Equal((false, 2_280), (next.IsCompleted, account.Used)); // of 2,400 some is left for what is on its way

        account.Used = 0;
        _time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(1));
        await next;
        Assert.Equal((1, 0), (account.Used, account.Refused));
    }

    [Fact]
    public async Task What_the_exchange_counted_a_minute_ago_is_over()
    {
        using var account = new Account { Used = 2_300 };
        using var http = new HttpClient(account);
        var exchange = new BinanceExchange(BinanceMarket.Futures, new ExchangeOptions(), http, _time);
        await exchange.TimeAsync(CancellationToken.None);
        account.Used = 0;
        _time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 100; i++) await exchange.TimeAsync(CancellationToken.None);
        Assert.Equal(100, account.Used);
    }

    [Fact]
    public async Task What_a_neighbour_spends_is_not_taken_from_our_share()
    {
        using var account = new Account { Used = 1_000 };
        using var http = new HttpClient(account);
        var exchange = new BinanceExchange(BinanceMarket.Futures, new ExchangeOptions { WeightShare = 0.2 }, http, _time);
        for (var i = 0; i < 480; i++) await exchange.TimeAsync(CancellationToken.None);
        Assert.Equal(1_480, account.Used);
    }

    [Fact]
    public async Task An_answer_at_the_beginning_of_a_minute_may_tell_of_the_one_before()
    {
        using var account = new Account { Used = 2_390 };
        using var http = new HttpClient(account);
        var exchange = new BinanceExchange(BinanceMarket.Futures, new ExchangeOptions(), http, _time);
        _time.Advance(TimeSpan.FromSeconds(56)); // ours begins a second early
        await exchange.TimeAsync(CancellationToken.None);
        account.Used = 0;
        for (var i = 0; i < 10; i++) await exchange.TimeAsync(CancellationToken.None);
        Assert.Equal(10, account.Used);
    }

    private sealed class Account : HttpMessageHandler
    {
        internal int Used { get; set; }

        internal int Refused { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage(++Used > 2_400 ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK) { Content = new StringContent("""{"serverTime":1}""") };
            if (!response.IsSuccessStatusCode) Refused++;
            response.Headers.Add("X-MBX-USED-WEIGHT-1M", Used.ToString(CultureInfo.InvariantCulture));
            return Task.FromResult(response);
        }
    }
}
