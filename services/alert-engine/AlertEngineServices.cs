using System.Net;
using CryptoScreener.AlertEngine.Delivery;
using CryptoScreener.AlertEngine.Delivery.Webhook;
using CryptoScreener.AlertEngine.Evaluation;
using CryptoScreener.AlertEngine.Recording;
using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CryptoScreener.AlertEngine;

internal static class AlertEngineServices
{
    public static IServiceCollection AddAlertEngine(this IServiceCollection services) => services
        .AddEvaluation()
        .AddSingleton<AlertRecorder>()
        .AddHostedService(s => s.GetRequiredService<AlertRecorder>())
        .AddDelivery();

    private static IServiceCollection AddEvaluation(this IServiceCollection services)
    {
        services.AddScreenerOptions<EngineOptions, EngineOptionsValidator>(EngineOptions.Section);
        return services
            .AddSingleton(s => s.GetRequiredService<IOptions<EngineOptions>>().Value)
            .AddSingleton<EngineMetrics>()
            .AddSingleton<RulesInForce>()
            .AddSingleton<QuoteAssets>()
            .AddHostedService<RuleReloader>()
            .AddSingleton<AlertComposer>()
            .AddSingleton<AlertOutbox>()
            .AddHostedService(s => s.GetRequiredService<AlertOutbox>())
            .AddSingleton<EvaluationLane>()
            .AddSingleton<EngineCheckpoints>()
            .AddSingleton<PartitionEvaluation>()
            .AddHostedService<EvaluationWorker>();
    }

    private static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddScreenerOptions<DeliveryOptions, DeliveryOptionsValidator>(DeliveryOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DeliveryOptions>, WebhookSecretCheck>());
        services.AddSingleton<DeliveryMetrics>();
        services.AddHttpClient<WebhookSender>((s, http) => http.Timeout = TimeSpan.FromSeconds(s.GetRequiredService<IOptions<DeliveryOptions>>().Value.TimeoutSeconds))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                AutomaticDecompression = DecompressionMethods.None,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            });
        return services.AddHostedService<DeliveryWorker>();
    }
}
