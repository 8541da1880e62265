using System.Net.Mail;
using System.Text.Json.Nodes;
using CryptoScreener.AlertEngine.Delivery;
using CryptoScreener.AlertEngine.Delivery.Discord;
using CryptoScreener.AlertEngine.Delivery.Email;
using CryptoScreener.AlertEngine.Delivery.PagerDuty;
using CryptoScreener.AlertEngine.Delivery.Slack;
using CryptoScreener.AlertEngine.Delivery.Telegram;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.UnitTests.AlertEngine.Delivery;

public sealed class ChannelMessageTests
{
    public static TheoryData<int> Counts => [1, 20];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Discord_stays_within_its_limits_and_pings_nobody(int count)
    {
        var message = Parse(DiscordMessage.Of(Many(count)));
        var embed = Assert.Single(message["embeds"]!.AsArray())!;
        var fields = embed["fields"]?.AsArray() ?? [];
        var lengths = new[] { Length(embed["title"]), Length(embed["description"]), Length(embed["footer"]?["text"]) }
            .Concat(fields.SelectMany(field => new[] { Length(field!["name"]), Length(field["value"]) })).ToList();

        Assert.InRange(lengths.Sum(), 1, DiscordMessage.TotalLimit);
        Assert.InRange(lengths[0], 1, DiscordMessage.TitleLimit);
        Assert.InRange(lengths[1], 1, DiscordMessage.DescriptionLimit);
        Assert.InRange(fields.Count, 0, DiscordMessage.FieldLimit);
        Assert.Empty(message["allowed_mentions"]!["parse"]!.AsArray());
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Slack_stays_within_its_limits_and_cuts_no_entity(int count)
    {
        var message = Parse(SlackMessage.Of(Many(count)));
        var texts = Texts(message).ToList();

        Assert.All(texts, text => Assert.InRange(text.Length, 1, SlackMessage.SectionLimit));
        Assert.All(texts, text => Assert.DoesNotMatch("&(?!amp;|lt;|gt;)", text));
        Assert.All(texts, text => Assert.DoesNotContain("<", text));
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Telegram_stays_within_its_limit_and_closes_every_tag(int count)
    {
        var text = Parse(TelegramMessage.Of("-100", Many(count)))["text"]!.GetValue<string>();

        Assert.InRange(text.Length, 1, TelegramMessage.TextLimit);
        Assert.Equal(Count(text, "<b>"), Count(text, "</b>"));
        Assert.Equal(Count(text, "<code>"), Count(text, "</code>"));
        Assert.DoesNotMatch("<(?!/?(b|code)>)", text);
    }

    [Fact]
    public void PagerDuty_makes_one_incident_of_an_alert_its_acknowledgement_and_its_end()
    {
        var fired = Messages.Alert("a1", AlertSeverity.Critical);
        var events = new[]
        {
            PagerDutyEvent.Of("key", Messages.Outgoing(fired)),
            PagerDutyEvent.Of("key", Messages.Outgoing(new StoredAlert(fired, 1, 1_763_656_800_000, "alice").Acknowledgement(), DeliveryEvent.Acknowledged)),
            PagerDutyEvent.Of("key", Messages.Outgoing(Messages.Alert("a2", state: AlertState.Resolved) with { Resolves = "a1" })),
        };

        Assert.Equal(["trigger", "acknowledge", "resolve"], events.Select(e => e["event_action"]!.GetValue<string>()));
        Assert.All(events, e => Assert.Equal("a1", e["dedup_key"]!.GetValue<string>()));
        Assert.Contains("Acknowledged by alice", events[1]["payload"]!["summary"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("critical", events[0]["payload"]!["severity"]!.GetValue<string>());
        Assert.InRange(Length(PagerDutyEvent.Of("key", Messages.Outgoing(Messages.Huge()))["payload"]!["summary"]), 1, PagerDutyEvent.SummaryLimit);
    }

    [Fact]
    public void An_alert_cannot_add_a_header_to_a_mail()
    {
        using var mail = EmailMessage.Of("a@example.org", ["b@example.org"], [Messages.Outgoing(Messages.Alert() with { RuleType = "x\r\nBcc: everybody@example.org" })]);
        Assert.DoesNotContain('\n', mail.Subject);
        Assert.Contains("price: 65432.125", mail.Body, StringComparison.Ordinal);
        Assert.Equal("<msg_1@cryptoscreener>", mail.Headers["Message-ID"]);
    }

    [Fact]
    public void A_digest_has_an_id_of_its_own_that_stays_with_what_it_holds()
    {
        OutgoingAlert Of(string id) => Messages.Outgoing() with { Id = id };
        string? IdOf(params OutgoingAlert[] messages)
        {
            using var mail = EmailMessage.Of("a@example.org", ["b@example.org"], messages);
            return mail.Headers["Message-ID"];
        }

        Assert.Equal(IdOf(Of("m1"), Of("m2")), IdOf(Of("m1"), Of("m2")));
        Assert.Equal(3, new[] { IdOf(Of("m1"), Of("m2")), IdOf(Of("m1"), Of("m3")), IdOf(Of("m1")) }.Distinct().Count());
    }

    [Theory]
    [InlineData(SmtpStatusCode.MailboxBusy, false)]
    [InlineData(SmtpStatusCode.ServiceNotAvailable, false)]
    [InlineData(SmtpStatusCode.GeneralFailure, false)]
    [InlineData((SmtpStatusCode)535, false)] // our account, not the message
    [InlineData(SmtpStatusCode.MailboxUnavailable, true)]
    [InlineData(SmtpStatusCode.TransactionFailed, true)]
    public void A_mail_servers_4yz_is_tried_again_and_its_5yz_is_final(SmtpStatusCode code, bool isFinal) =>
        Assert.Equal(isFinal ? AttemptOutcome.Rejected : AttemptOutcome.Failed, SmtpReply.Judge(new SmtpException(code)).Outcome);

    [Fact]
    public void One_of_several_recipients_to_be_tried_again_is_enough()
    {
        SmtpFailedRecipientException Refused(SmtpStatusCode code) => new(code, "x@example.org");
        Assert.Equal(AttemptOutcome.Failed, SmtpReply.Judge(new SmtpFailedRecipientsException("", [Refused(SmtpStatusCode.MailboxUnavailable), Refused(SmtpStatusCode.MailboxBusy)])).Outcome);
        Assert.Equal(AttemptOutcome.Rejected, SmtpReply.Judge(Refused(SmtpStatusCode.MailboxUnavailable)).Outcome);
    }

    [Theory]
    [InlineData(0.00001234, "0.00001234")]
    [InlineData(65432.125, "65432.125")]
    [InlineData(4_567_890, "4.57M")]
    [InlineData(-0.0000000001, "-0.0000000001")]
    [InlineData(0, "0")]
    public void Numbers_are_readable_at_every_size(double value, string expected) => Assert.Equal(expected, AlertText.Number(value));

    [Fact]
    public void A_cut_never_splits_a_character()
    {
        foreach (var limit in Enumerable.Range(2, 20))
        {
            var cut = AlertText.Cut("😀😀😀😀😀😀😀😀😀😀😀", limit);
            Assert.InRange(cut.Length, 1, limit);
            Assert.Equal(cut, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(cut)));
        }
    }

    private static List<OutgoingAlert> Many(int count) => [.. Enumerable.Repeat(Messages.Outgoing(Messages.Huge()), count)];

    private static JsonNode Parse(JsonObject message) => JsonNode.Parse(message.ToJsonString())!;

    private static int Length(JsonNode? text) => text?.GetValue<string>().Length ?? 0;

    private static int Count(string text, string part) => (text.Length - text.Replace(part, "", StringComparison.Ordinal).Length) / part.Length;

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject holder => holder.SelectMany(member => member is { Key: "text", Value: JsonValue text } ? [text.GetValue<string>()] : Texts(member.Value)),
        JsonArray array => array.SelectMany(Texts),
        _ => [],
    };
}
