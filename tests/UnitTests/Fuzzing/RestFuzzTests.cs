using System.Net;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.Testing;
using CryptoScreener.Testing.Fuzzing;
using CryptoScreener.UnitTests.DataCollector;
using CryptoScreener.UnitTests.DataCollector.Exchanges;

namespace CryptoScreener.UnitTests.Fuzzing;

/// <summary>Whatever an exchange answers over REST is read, or is a failure that is tried again later; and no answer makes us ask for ever.</summary>
public sealed class RestFuzzTests
{
    private const int Minutes = 10;

    public static TheoryData<string> Exchanges => [.. VenueUnderTest.Names];

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Answers_of_exchanges(string name) => Fuzz.Run(
        $"rest-{name}",
        Fuzz.Corpus(Repository.PathOf("tests", "UnitTests", "Fuzzing", "corpus", $"rest-{name}.txt")),
        input => AskAsync(name, input).GetAwaiter().GetResult(), // completes at once: answers are there, and pauses are skipped
        Fuzz.FewInputsInCi);

    private static async Task AskAsync(string name, byte[] answer)
    {
        using var http = new Answering(answer);
        var exchange = VenueUnderTest.Of(name, http, new SkippingTime()).Exchange;
        await ReadAsync(() => exchange.TimeAsync(CancellationToken.None));
        await ReadAsync(async () => Assert.All(await exchange.ListAsync(CancellationToken.None), AssertNamed));
        http.Requests = 0;
        await ReadAsync(() => exchange.CandlesAsync("BTCUSDT", Timeframe.OneMinute, Followed.Minute(0), Followed.Minute(Minutes - 1), CancellationToken.None));
        Assert.InRange(http.Requests, 1, Minutes + 1);
    }

    private static async Task ReadAsync(Func<Task> readAsync)
    {
        try
        {
            await readAsync();
        }
        catch (Exception broken) when (RestFailure.Is(broken, CancellationToken.None))
        {
            // a failure that whoever asked knows how to handle
        }
    }

    private static void AssertNamed(ListedInstrument listed)
    {
        Assert.NotEmpty(listed.Symbol);
        Assert.NotEmpty(listed.BaseAsset);
        Assert.NotEmpty(listed.QuoteAsset);
    }

    /// <summary>The same to every request, until there have been so many that something must be wrong.</summary>
    private sealed class Answering(byte[] answer) : HttpMessageHandler
    {
        public int Requests { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(++Requests > 2 * Minutes
            ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(answer) });
    }
}
