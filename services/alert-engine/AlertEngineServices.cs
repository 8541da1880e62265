using CryptoScreener.AlertEngine.Delivery;
using CryptoScreener.AlertEngine.Evaluation;
using CryptoScreener.AlertEngine.Recording;
using CryptoScreener.AlertEngine.Replay;
using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.AlertEngine.Suppression;
using CryptoScreener.Hosting.Configuration;
using Microsoft.Extensions.Options;

namespace CryptoScreener.AlertEngine;

internal static class AlertEngineServices
{
    /// <summary>A cluster may run each role by itself: then only delivery needs a way to the internet.</summary>
    public static IServiceCollection AddAlertEngine(this IServiceCollection services, EngineRoles roles)
    {
        services.AddSingleton<RecordedSignal>().AddSingleton<EngineMetrics>();
        if (roles.HasFlag(EngineRoles.Evaluate)) services.AddEvaluation();
        if (roles.HasFlag(EngineRoles.Record)) services.AddSingleton<AcknowledgementRelay>().AddHostedService<AlertRecorder>();
        if (roles.HasFlag(EngineRoles.Deliver)) services.AddDelivery();
        return services;
    }

    private static IServiceCollection AddEvaluation(this IServiceCollection services)
    {
        services.AddScreenerOptions<EngineOptions, EngineOptionsValidator>(EngineOptions.Section);
        return services
            .AddSingleton(s => s.GetRequiredService<IOptions<EngineOptions>>().Value)
            .AddSingleton<RulesInForce>()
            .AddSingleton<QuoteAssets>()
            .AddSingleton<SilenceBook>()
            .AddSingleton<Suppressor>()
            .AddSingleton<CooldownMemory>()
            .AddHostedService<RuleReloader>()
            .AddSingleton<RefusedMetrics>()
            .AddHostedService<DemandNotes>()
            .AddSingleton<AlertComposer>()
            .AddSingleton<AlertOutbox>()
            .AddHostedService(s => s.GetRequiredService<AlertOutbox>())
            .AddSingleton<EvaluationLane>()
            .AddSingleton<EngineCheckpoints>()
            .AddSingleton<PartitionEvaluation>()
            .AddHostedService<EvaluationWorker>()
            .AddReplay();
    }
}
