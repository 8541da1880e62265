using System.Globalization;
using System.Text.Json;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.MetricsCalculator.Planning;

namespace CryptoScreener.MetricsCalculator.Publishing;

/// <summary>Keeps the catalogue of our frames on the bus, by its hash, so that any reader can name their columns.</summary>
internal sealed class CataloguePublisher(PlanBook plans, StoredPublisher stored, TimeProvider time) : BackgroundService
{
    /// <summary>Often, because a server that lost its disk has lost it too; one message per subject and day is nothing.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public ValueTask PublishAsync(CalculationPlan plan, CancellationToken stop)
    {
        var hash = plan.Catalogue.Hash.ToString("x16", CultureInfo.InvariantCulture);
        var json = JsonSerializer.SerializeToUtf8Bytes(new CatalogueDocument(hash, plan.Catalogue.Metrics), ContractsJson.Default.CatalogueDocument);
        return stored.PublishAsync(Subjects.MetricsCatalogue(plan.Catalogue.Hash), json, null, stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await PublishAsync(plans.Current, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
