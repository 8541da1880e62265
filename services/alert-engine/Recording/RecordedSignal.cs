namespace CryptoScreener.AlertEngine.Recording;

/// <summary>Says that deliveries were recorded, so that a sender in the same process need not wait for its next look.</summary>
internal sealed class RecordedSignal
{
    public event Action? Recorded;

    public void Raise() => Recorded?.Invoke();
}
