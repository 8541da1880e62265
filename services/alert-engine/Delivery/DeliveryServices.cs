using System.Net;
using CryptoScreener.AlertEngine.Delivery.Discord;
using CryptoScreener.AlertEngine.Delivery.Email;
using CryptoScreener.AlertEngine.Delivery.Guard;
using CryptoScreener.AlertEngine.Delivery.PagerDuty;
using CryptoScreener.AlertEngine.Delivery.Sending;
using CryptoScreener.AlertEngine.Delivery.Slack;
using CryptoScreener.AlertEngine.Delivery.Telegram;
using CryptoScreener.AlertEngine.Delivery.Webhook;
using CryptoScreener.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CryptoScreener.AlertEngine.Delivery;

internal static class DeliveryServices
{
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddScreenerOptions<DeliveryOptions, DeliveryOptionsValidator>(DeliveryOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DeliveryOptions>, DeliveryCrossCheck>());
        services.TryAddSingleton<ResolveHost>(_ => Dns.GetHostAddressesAsync);
        services.AddSingleton(s => new AddressGuard([.. s.GetRequiredService<IOptions<DeliveryOptions>>().Value.AllowedNetworks.Select(IPNetwork.Parse)]));
        services.AddSingleton<GuardedConnection>();
        services.AddHttpClient<HttpPoster>(http => http.Timeout = Timeout.InfiniteTimeSpan) // the poster measures itself
            .RemoveAllLoggers() // addresses hold secrets: a bot's token, a chat's webhook
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(s => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                MaxResponseHeadersLength = 16, // KB
                PooledConnectionLifetime = TimeSpan.FromMinutes(2), // then names are resolved and checked anew
                ConnectTimeout = TimeSpan.FromSeconds(10),
                ConnectCallback = s.GetRequiredService<GuardedConnection>().ConnectAsync,
            });
        return services
            .AddSingleton<IChannel, WebhookChannel>()
            .AddSingleton<IChannel, DiscordChannel>()
            .AddSingleton<IChannel, SlackChannel>()
            .AddSingleton<IChannel, TelegramChannel>()
            .AddSingleton<IChannel, PagerDutyChannel>()
            .AddSingleton<IChannel, EmailChannel>()
            .AddSingleton<DeliveryMetrics>()
            .AddSingleton<OperatorEndpoint>()
            .AddSingleton<SecretSealer>()
            .AddSingleton<EndpointShare>()
            .AddSingleton<LineBook>()
            .AddSingleton<ResultWriter>()
            .AddSingleton<MessageSender>()
            .AddHostedService<DeliveryWorker>();
    }
}
