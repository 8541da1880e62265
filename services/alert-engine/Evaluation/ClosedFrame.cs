using System.Runtime.InteropServices;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>An instrument's last closed frame: what crossings look back at, also after a restart.</summary>
internal sealed class ClosedFrame
{
    private double[] _values = [];

    public long Minute { get; private set; } = long.MinValue;

    public ulong Catalogue { get; private set; }

    public ReadOnlySpan<double> Values => _values;

    public void Set(long minute, ulong catalogue, ReadOnlySpan<double> values)
    {
        (Minute, Catalogue) = (minute, catalogue);
        if (_values.Length != values.Length) _values = new double[values.Length];
        values.CopyTo(_values);
    }

    public SavedFrame Save() => new(Minute, Catalogue, MemoryMarshal.AsBytes(Values).ToArray());

    public void Restore(SavedFrame saved) => Set(saved.Minute, saved.Catalogue, MemoryMarshal.Cast<byte, double>(saved.Values));
}
