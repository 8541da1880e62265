using System.Net;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.DataCollector.Exchanges;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("okx-swap", """{"code":"51001","msg":"Instrument ID doesn't exist.","data":[]}""", "51001")]
    [InlineData("bybit-linear", """{"retCode":10001,"retMsg":"Not supported symbols","result":{}}""", "10001")]
    public async Task A_refusal_with_status_200_is_a_failure_that_names_its_code(string name, string answer, string code)
    {
        using var http = new Answering(answer);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => VenueUnderTest.Of(name, http).Exchange.CandlesAsync(
            "XXX", Timeframe.OneMinute, Followed.Minute(0), Followed.Minute(0), CancellationToken.None));
        Assert.Contains(code, refused.Message, StringComparison.Ordinal);
        Assert.True(RestFailure.IsRefusal(refused));
    }

    [Theory]
    [InlineData("okx-swap", """{"code":"50011","msg":"Too Many Requests","data":[]}""")]
    [InlineData("bybit-linear", """{"retCode":10006,"retMsg":"Too many visits.","result":{}}""")]
    public async Task What_is_only_too_much_for_now_is_no_refusal_of_the_instrument(string name, string answer)
    {
        using var http = new Answering(answer);
        Assert.False(RestFailure.IsRefusal(await Assert.ThrowsAsync<HttpRequestException>(
            () => VenueUnderTest.Of(name, http).Exchange.TimeAsync(CancellationToken.None))));
    }

    [Theory]
    [InlineData("okx-swap", """{"code":"50011","msg":"Too Many Requests","data":[]}""", 2)]
    [InlineData("bybit-linear", """{"retCode":10006,"retMsg":"Too many visits.","result":{}}""", 5)]
    [InlineData("bybit-linear", """{"retCode":10018,"retMsg":"Exceeded the IP rate limit.","result":{}}""", 5)]
    public async Task After_an_answer_that_says_it_was_too_much_nothing_is_asked_for_a_while(string name, string answer, int seconds)
    {
        var time = new ManualTime();
        using var http = new Answering(answer);
        var exchange = VenueUnderTest.Of(name, http, time).Exchange;
        await Assert.ThrowsAsync<HttpRequestException>(() => exchange.TimeAsync(CancellationToken.None));
        var next = exchange.TimeAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.Equal((false, 1), (next.IsCompleted, http.Asked));
        time.Advance(TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAsync<HttpRequestException>(() => next);
    }

    private sealed class Answering(string body) : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) });
        }
    }
}
