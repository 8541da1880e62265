namespace CryptoScreener.Rules.Watching;

/// <summary>What one instrument remembers of one slot.</summary>
internal struct SlotState
{
    /// <summary>The value up to which changes were followed; NaN for unknown.</summary>
    public double Seen;

    /// <summary>While the value stays at or above <c>Low</c> and below <c>High</c>, nothing is crossed.</summary>
    public double Low;
    public double High;

    /// <summary>How many comparisons of compound rules are watched here.</summary>
    public int Watched;

    public bool IsActive;

    public readonly bool IsUnmoved(double value) =>
        (value >= Low && value < High) || (double.IsNaN(value) && double.IsNaN(Seen));
}
