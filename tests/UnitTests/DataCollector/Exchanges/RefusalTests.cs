using System.Net;
using CryptoScreener.Contracts.Candles;

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
    }

    private sealed class Answering(string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) });
    }
}
