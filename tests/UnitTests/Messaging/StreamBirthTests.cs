using CryptoScreener.Messaging.Streams;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.UnitTests.Messaging;

public sealed class StreamBirthTests
{
    private static readonly DateTimeOffset Made = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_stream_is_known_by_the_birth_that_it_was_described_with_whatever_the_server_says_later()
    {
        var description = StreamBirth.Description(Of(Made));
        Assert.Equal(Made.ToUnixTimeMilliseconds(), StreamBirth.Of(Of(Made.AddDays(1), description)));
        Assert.Equal(description, StreamBirth.Description(Of(Made.AddDays(1), description)));
    }

    [Fact]
    public void A_stream_that_is_still_being_made_has_no_birth_yet()
    {
        Assert.False(StreamBirth.IsKnown(Of(default)));
        Assert.Throws<TimeoutException>(() => StreamBirth.Of(Of(default)));
        Assert.True(StreamBirth.IsKnown(Of(default, StreamBirth.Description(Of(Made)))), "described already");
    }

    private static StreamInfo Of(DateTimeOffset created, string? description = null) => new()
    {
        Config = new StreamConfig("ALERTS", ["alerts.>"]) { Description = description },
        Created = created,
        State = new StreamState(),
    };
}
