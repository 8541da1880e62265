using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.Contracts.Catalogue;

namespace CryptoScreener.UnitTests.ApiGateway;

public sealed class CatalogueViewTests
{
    [Fact]
    public void An_indicator_tells_what_its_arguments_are_and_within_which_bounds_others_may_be_asked_for()
    {
        var bands = Of(new MetricDefinition("bb_upper(20,2,1d)", "bb_upper", ["20", "2", "1d"], "price", "Upper band.", 28_800));

        Assert.Equal(["period", "multiplier"], bands.Parameters.Select(parameter => parameter.Name));
        Assert.Equal((20, 2, 500, true), (bands.Parameters[0].Default, bands.Parameters[0].Minimum, bands.Parameters[0].Maximum, bands.Parameters[0].Whole));
        Assert.False(bands.Parameters[1].Whole);
    }

    [Fact]
    public void What_is_no_indicator_has_no_parameters() => Assert.Empty(Of(new MetricDefinition("change(5m)", "change", ["5m"], "percent", "Change.", 5)).Parameters);

    [Fact]
    public void Before_calculators_have_told_it_the_catalogue_is_empty() => Assert.Equal((null, 0), (CatalogueView.Of(null).Hash, CatalogueView.Of(null).Metrics.Count));

    private static CatalogueMetric Of(MetricDefinition metric) => CatalogueView.Of(new MetricCatalogue([metric])).Metrics.Single();
}
