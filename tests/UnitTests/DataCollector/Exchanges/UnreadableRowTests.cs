using System.Net;
using System.Text.Json;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.UnitTests.DataCollector.Exchanges;

/// <summary>One row of a list that makes no sense costs that row.</summary>
public sealed class UnreadableRowTests
{
    private static readonly (string Path, string Body)[] Binance =
    [
        ("exchangeInfo", """
            {"symbols":[
             {"symbol":"GOODUSDT","status":"TRADING","contractType":"PERPETUAL","baseAsset":"GOOD","quoteAsset":"USDT","filters":[{"filterType":"PRICE_FILTER","tickSize":"0.1"}]},
             {"symbol":"NEWUSDT","status":"TRADING","contractType":"PERPETUAL","baseAsset":"NEW","quoteAsset":"USDT","filters":[{"filterType":"PRICE_FILTER","tickSize":""}]},
             {"symbol":"","status":"TRADING","contractType":"PERPETUAL","baseAsset":"BAD","quoteAsset":"USDT","filters":[]}]}
            """),
        ("ticker/24hr", """[{"symbol":"GOODUSDT","quoteVolume":"7"},{"symbol":"NEWUSDT","quoteVolume":""},{"symbol":"OTHERUSDT"}]"""),
    ];

    private static readonly (string Path, string Body)[] Bybit =
    [
        ("instruments-info", """
            {"retCode":0,"result":{"nextPageCursor":"","list":[
             {"symbol":"GOODUSDT","status":"Trading","contractType":"LinearPerpetual","baseCoin":"GOOD","quoteCoin":"USDT","priceFilter":{"tickSize":"0.1"}},
             {"symbol":"NEWUSDT","status":"Trading","contractType":"LinearPerpetual","baseCoin":"NEW","quoteCoin":"USDT","priceFilter":{}},
             {"symbol":"BADUSDT","status":"Trading","contractType":"LinearPerpetual"}]}}
            """),
        ("tickers", """{"retCode":0,"result":{"list":[{"symbol":"GOODUSDT","turnover24h":"7"},{"symbol":"NEWUSDT","turnover24h":""}]}}"""),
    ];

    private static readonly (string Path, string Body)[] Okx =
    [
        ("instruments", """
            {"code":"0","data":[
             {"instId":"GOOD-USDT-SWAP","state":"live","ctType":"linear","ctValCcy":"GOOD","settleCcy":"USDT","tickSz":"0.1"},
             {"instId":"NEW-USDT-SWAP","state":"live","ctType":"linear","ctValCcy":"NEW","settleCcy":"USDT","tickSz":""},
             {"instId":"BAD-USDT-SWAP","state":"live","ctType":"linear","ctValCcy":"BAD"}]}
            """),
        ("tickers", """{"code":"0","data":[{"instId":"GOOD-USDT-SWAP","last":"7","volCcy24h":"1"},{"instId":"NEW-USDT-SWAP"}]}"""),
    ];

    public static TheoryData<string> Names => ["binance-futures", "bybit-linear", "okx-swap"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_cannot_be_read_of_one_instrument_keeps_no_other_away(string name)
    {
        using var http = new Answering(name switch { "binance-futures" => Binance, "bybit-linear" => Bybit, _ => Okx });
        var exchange = VenueUnderTest.Of(name, http).Exchange;
        var listed = await exchange.ListAsync(CancellationToken.None);
        Assert.Equal([("GOOD", 7.0, 0.1), ("NEW", 0.0, 0.0)], listed.Select(i => (i.BaseAsset, i.QuoteVolume24h, i.TickSize)));
        Assert.Equal(1, exchange.UnreadableRows);
    }

    [Fact]
    public void A_list_of_which_nothing_can_be_read_is_a_failure()
    {
        using var list = JsonDocument.Parse("""[{"a":1},{"a":2}]""");
        Assert.Throws<FormatException>(() => ReadableRows.Of<string>(list.RootElement, row => row.GetProperty("b").GetString()));
    }

    private sealed class Answering((string Path, string Body)[] answers) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = answers.First(a => request.RequestUri!.AbsolutePath.EndsWith(a.Path, StringComparison.Ordinal)).Body;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) });
        }
    }
}
