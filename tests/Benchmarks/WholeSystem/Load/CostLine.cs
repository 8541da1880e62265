namespace CryptoScreener.Benchmarks.WholeSystem.Load;

/// <summary>What something costs by itself and by each unit of what it does: the straight line with the least squares through what was measured.</summary>
internal readonly record struct CostLine(double Fixed, double PerUnit)
{
    /// <summary>Of at least two points whose units differ.</summary>
    internal static CostLine Through(IReadOnlyCollection<(double Units, double Cost)> measured)
    {
        var units = measured.Average(point => point.Units);
        var cost = measured.Average(point => point.Cost);
        var perUnit = measured.Sum(point => (point.Units - units) * (point.Cost - cost)) / measured.Sum(point => (point.Units - units) * (point.Units - units));
        return new(cost - (perUnit * units), perUnit);
    }
}
