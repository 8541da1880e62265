using System.Globalization;
using System.Net;
using System.Web;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.UnitTests.DataCollector.Exchanges;

/// <summary>OKX gives fewer rows at once than it is asked for.</summary>
public sealed class ClippedPageTests
{
    [Theory]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(250)]
    [InlineData(700)]
    public async Task What_a_page_left_out_is_asked_for(int minutes)
    {
        using var history = new Clipping();
        var rows = await VenueUnderTest.Of("okx-swap", history).Exchange.CandlesAsync(
            "BTC-USDT-SWAP", Timeframe.OneMinute, Followed.Minute(0), Followed.Minute(minutes - 1), CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, minutes).Select(Followed.Minute), rows.Select(row => row.OpenTime));
    }

    private sealed class Clipping : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
            var (before, after) = (long.Parse(query["before"]!, CultureInfo.InvariantCulture), long.Parse(query["after"]!, CultureInfo.InvariantCulture));
            var rows = new List<string>();
            for (var minute = Timeframe.OneMinute.OpenOf(after - 1); minute > before && rows.Count < 100; minute -= Timeframe.MinuteMs)
                rows.Add(string.Create(CultureInfo.InvariantCulture, $"""["{minute}","1","1","1","1","1","1","1","1"]"""));
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$"""{"code":"0","msg":"","data":[{{string.Join(',', rows)}}]}""") });
        }
    }
}
