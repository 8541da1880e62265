namespace CryptoScreener.Indicators;

internal struct VwapState
{
    private double _paid;
    private double _volume;
    private long _session;

    internal void Commit(in Bar bar)
    {
        var session = VwapKernel.SessionOf(bar.OpenTime);
        if (session != _session) (_paid, _volume, _session) = (VwapKernel.PaidBefore(bar.OpenTime, isFirstBar: _session == 0), 0, session);
        _paid += bar.TypicalPrice * bar.Volume;
        _volume += bar.Volume;
    }

    internal readonly double Value(in Bar last) => VwapKernel.Price(_paid, _volume, last.TypicalPrice);
}
