using CryptoScreener.Indicators;

namespace CryptoScreener.Calculation;

/// <summary>
/// Ranks all instruments against each other by numbers of their closed frames of one minute, whoever calculated them.
/// Reused from minute to minute; grows only with the universe.
/// </summary>
public sealed class UniverseRanks(CalculationPlan plan)
{
    private double[] _values = [];
    private double[] _percentiles = [];
    private double[] _sorted = [];
    private int[] _order = [];

    /// <param name="ranked">The complete set of one minute: per instrument the values of the columns <see cref="UniverseColumns.Ranked"/>.</param>
    /// <param name="ranks">Per frame, at least as many values as there are ranks.</param>
    public void Rank(ReadOnlySpan<double[]> ranked, ReadOnlySpan<double[]> ranks)
    {
        if (_values.Length < ranked.Length) Grow(ranked.Length);
        var count = ranked.Length;
        for (var rank = 0; rank < plan.Universe.Ranked.Length; rank++)
        {
            for (var i = 0; i < count; i++) _values[i] = ranked[i][rank];
            var percentiles = _percentiles.AsSpan(0, count);
            RankKernel.Percentiles(_values.AsSpan(0, count), percentiles, _sorted.AsSpan(0, count), _order.AsSpan(0, count));
            for (var i = 0; i < count; i++) ranks[i][rank] = percentiles[i];
        }
    }

    private void Grow(int count)
    {
        _values = new double[count];
        _percentiles = new double[count];
        _sorted = new double[count];
        _order = new int[count];
    }
}
