using CryptoScreener.AlertEngine.Delivery.Sending;
using CryptoScreener.Storage.Delivery;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.AlertEngine.Delivery.Telegram;

/// <summary>A Telegram chat: the endpoint's secret is the bot's token, its address Telegram's interface.</summary>
internal sealed class TelegramChannel(HttpPoster poster) : IChannel
{
    public string Kind => "telegram";

    public SendRate Rate => new(1.0 / 3, 3); // 20 a minute in a group

    public int DigestSize => 20;

    public Task<Attempt> SendAsync(Endpoint endpoint, EndpointChoices settings, IReadOnlyList<OutgoingAlert> alerts, CancellationToken stop)
    {
        if (endpoint.Secrets.Count == 0 || settings.ChatId is not { } chat)
            return Task.FromResult(new Attempt(AttemptOutcome.EndpointGone, Error: "it needs the bot's token as its secret and chat_id in its settings"));
        return poster.PostAsync(
            new HttpRequestMessage(HttpMethod.Post, $"{endpoint.Url.TrimEnd('/')}/bot{endpoint.Secrets[0]}/sendMessage")
            {
                Content = JsonContent.Create(TelegramMessage.Of(chat, alerts)),
            },
            stop,
            static (status, body) => status switch
            {
                401 or 403 or 404 => AttemptOutcome.EndpointGone,
                400 => body.Contains("chat not found", StringComparison.OrdinalIgnoreCase) ? AttemptOutcome.EndpointGone : AttemptOutcome.Rejected,
                _ => null,
            });
    }
}
