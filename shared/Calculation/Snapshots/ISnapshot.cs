namespace CryptoScreener.Calculation.Snapshots;

/// <summary>Written and read by the same description of what belongs to a state, so the two cannot disagree.</summary>
internal interface ISnapshot
{
    void Value<T>(ref T value)
        where T : unmanaged;

    void Values<T>(Span<T> values)
        where T : unmanaged;
}
