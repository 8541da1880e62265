using System.Text;
using CryptoScreener.AlertEngine;
using CryptoScreener.AlertEngine.Delivery.Sending;
using CryptoScreener.ApiGateway.Auth.Tokens;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Realtime.Protocol;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.ExchangeSimulator.Binance;
using CryptoScreener.Rules.Language;
using CryptoScreener.Rules.Templates;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Secrets;
using CryptoScreener.Testing;
using CryptoScreener.Testing.Fuzzing;
using CryptoScreener.UnitTests.DataCollector.Exchanges;

namespace CryptoScreener.UnitTests.Fuzzing;

/// <summary>Whatever comes from outside is taken or refused, and never breaks its reader. The wire protocol of NATS and HTTP have tests of their own.</summary>
public sealed class FuzzTests
{
    public static TheoryData<string> Exchanges => [.. VenueUnderTest.Names];

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void Frames_of_exchanges(string name)
    {
        var venue = VenueUnderTest.Of(name);
        byte[][] corpus = [.. Conversation.Of(name).Lines.Where(line => line.Length > 2 && line[0] is '=' or '<').Select(line => Encoding.UTF8.GetBytes(line[2..]))];
        Fuzz.Run(name, corpus, input =>
        {
            var kind = venue.Parse(input, out var kline);
            Assert.Equal(kind == FrameKind.Kline, kline.Instrument is not null);
        });
    }

    [Fact]
    public void Requests_to_the_simulated_exchange()
    {
        byte[][] corpus = [.. Conversation.Of("binance-futures").Lines.Where(line => line.StartsWith("> {", StringComparison.Ordinal)).Select(line => Encoding.UTF8.GetBytes(line[2..]))];
        Fuzz.Run("simulator-requests", corpus, input => Assert.Equal(BinanceRequest.Parse(input, out var refusal) is null, refusal.Length > 0));
    }

    [Fact]
    public void Candles_from_the_bus_are_read_as_they_would_be_written()
    {
        var instrument = new InstrumentId("binance-futures", "BTCUSDT");
        Run("candles", input =>
        {
            if (!CandleCodec.TryRead(input, instrument, out var update)) return;
            Assert.True(CandleCodec.TryRead(WrittenCandle.Of(update), instrument, out var again));
            Assert.Equal(update, again);
        });
    }

    [Fact]
    public void Expressions_of_rules_and_what_formatting_makes_of_them() => Run("rules", input =>
    {
        var text = Encoding.UTF8.GetString(input);
        var formatted = RuleFormatter.Format(text, out var error);
        if (formatted is null)
        {
            Assert.InRange(error!.Position, 0, text.Length);
            Assert.NotEmpty(error.Message);
            return;
        }

        Assert.Equal(formatted, RuleFormatter.Format(formatted, out _));
    });

    [Fact]
    public void Messages_of_sockets() => Run("client-messages", input =>
    {
        try
        {
            using var message = ClientMessage.Parse(input, out _);
            message.Text("channel");
            message.Resume();
            var parameters = message.Params();
            parameters.Texts("symbols");
            parameters.Text("filter");
            parameters.Number("limit", 1, 100);
        }
        catch (ProtocolException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    });

    [Fact]
    public void Tokens() => Run("tokens", input => JwtParts.TryParse(Encoding.UTF8.GetString(input)));

    [Fact]
    public void Templates_of_receivers() => Run("templates", input =>
    {
        try
        {
            Template.Parse(Encoding.UTF8.GetString(input));
        }
        catch (TemplateException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    });

    [Fact]
    public void Waits_that_receivers_ask_for() => Run("retry-after", input =>
    {
        if (RetryAfterJson.Read(Encoding.UTF8.GetString(input)) is { } wait) Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(1e6));
    });

    [Fact]
    public void Stored_alerts() => Run("alerts", input =>
    {
        try
        {
            AlertStore.Parse(Encoding.UTF8.GetString(input));
        }
        catch (System.Text.Json.JsonException)
        {
            // refused
        }
    });

    [Fact]
    public void Names_times_and_settings() => Run("names", input =>
    {
        var text = Encoding.UTF8.GetString(input);
        Assert.Equal(MetricDemand.TryParse(text, out _, out var objection), objection is null);
        if (Timeframe.TryParse(text, out var timeframe)) Assert.Equal(timeframe, Timeframe.Parse(timeframe.ToString()));
        if (InstrumentId.TryParse(text, out var instrument)) Assert.Equal(instrument, InstrumentId.Parse(instrument.ToString()));
        if (ApiTime.TryParse(text, out var time)) Assert.True(time >= 0);
        SecretBox.ErrorOf(text);
        Assert.Equal(EngineRoleNames.TryParse(text, out _, out var mistake), mistake.Length == 0);
    });

    private static void Run(string target, Action<byte[]> feed) =>
        Fuzz.Run(target, Fuzz.Corpus(Repository.PathOf("tests", "UnitTests", "Fuzzing", "corpus", $"{target}.txt")), feed);
}
