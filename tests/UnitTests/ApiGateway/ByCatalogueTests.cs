using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Catalogue;

namespace CryptoScreener.UnitTests.ApiGateway;

public sealed class ByCatalogueTests
{
    private int _made;

    [Fact]
    public void Catalogues_that_take_turns_cost_one_making_each_and_very_many_are_not_kept()
    {
        var known = new ByCatalogue<string>(catalogue => $"{catalogue.Metrics[0].Name} {++_made}");
        MetricCatalogue[] catalogues = [.. Enumerable.Range(0, 9).Select(i => new MetricCatalogue([new MetricDefinition($"m{i}", "m", [], "price", "", 1)]))];
        for (var turn = 0; turn < 4; turn++) Assert.Equal(["m0 1", "m1 2"], catalogues.Take(2).Select(known.Of));
        foreach (var catalogue in catalogues) known.Of(catalogue);
        Assert.Equal("m0 10", known.Of(catalogues[0]));
    }
}
