using CryptoScreener.Contracts.Catalogue;

namespace CryptoScreener.Rules.Evaluation;

/// <summary>Where closed frames tell how far the price went within their minute.</summary>
public sealed record PriceColumns(int Price, int High, int Low)
{
    public const string Highest = "high(1m)";
    public const string Lowest = "low(1m)";

    /// <summary>Null when the catalogue does not have them: closes are then not checked against their extremes.</summary>
    public static PriceColumns? Of(MetricCatalogue catalogue)
    {
        var columns = new PriceColumns(catalogue.ColumnOf("price"), catalogue.ColumnOf(Highest), catalogue.ColumnOf(Lowest));
        return columns is { Price: >= 0, High: >= 0, Low: >= 0 } ? columns : null;
    }
}
