using System.Runtime.InteropServices;
using CryptoScreener.Contracts.Catalogue;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>An instrument's last closed frame: what crossings look back at, also after a restart.</summary>
internal sealed class ClosedFrame
{
    private double[] _values = [];
    private ulong _hash;
    private MetricCatalogue? _catalogue;

    public long Minute { get; private set; } = long.MinValue;

    public void Set(long minute, MetricCatalogue catalogue, ReadOnlySpan<double> values)
    {
        (_catalogue, _hash) = (catalogue, catalogue.Hash);
        Set(minute, values);
    }

    /// <summary>
    /// The values in another catalogue's order, so that a metric somebody adds makes no crossing of another unseen. Empty
    /// when the order they are in is not known: after a restart in which the catalogue changed.
    /// </summary>
    public ReadOnlySpan<double> On(MetricCatalogue catalogue)
    {
        if (catalogue.Hash == _hash) return _values;
        if (_catalogue is null) return [];
        var moved = new double[catalogue.Count];
        for (var column = 0; column < moved.Length; column++)
            moved[column] = _catalogue.ColumnOf(catalogue.Metrics[column].Name) is var from and >= 0 && from < _values.Length ? _values[from] : double.NaN;
        return moved;
    }

    public SavedFrame Save() => new(Minute, _hash, MemoryMarshal.AsBytes(_values).ToArray());

    public void Restore(SavedFrame saved)
    {
        (_catalogue, _hash) = (null, saved.Catalogue);
        Set(saved.Minute, MemoryMarshal.Cast<byte, double>(saved.Values));
    }

    private void Set(long minute, ReadOnlySpan<double> values)
    {
        Minute = minute;
        if (_values.Length != values.Length) _values = new double[values.Length];
        values.CopyTo(_values);
    }
}
