using CryptoScreener.Calculation;
using CryptoScreener.Storage.Catalogues;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.MetricsCalculator.Persistence;

/// <summary>Stores the catalogues of our frames, by which rows of metrics are read for as long as they are kept.</summary>
internal sealed class CatalogueKeeper(CalculationPlan builtIn, CatalogueStore catalogues, WhenAvailable whenAvailable) : BackgroundService
{
    public Task KeepAsync(CalculationPlan plan, CancellationToken stop) =>
        whenAvailable.RunAsync("storing the catalogue", token => catalogues.SaveAsync(plan.Catalogue, token), stop);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => KeepAsync(builtIn, stoppingToken);
}
