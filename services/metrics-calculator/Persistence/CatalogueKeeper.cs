using CryptoScreener.Calculation;
using CryptoScreener.Storage.Catalogues;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.MetricsCalculator.Persistence;

/// <summary>Stores the catalogue of our frames, by which rows of metrics are read for as long as they are kept.</summary>
internal sealed class CatalogueKeeper(CalculationPlan plan, CatalogueStore catalogues, WhenAvailable whenAvailable) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        whenAvailable.RunAsync("storing the catalogue", token => catalogues.SaveAsync(plan.Catalogue, token), stoppingToken);
}
