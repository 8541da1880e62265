namespace CryptoScreener.Indicators;

internal struct MacdState
{
    private EmaState _fast;
    private EmaState _slow;
    private EmaState _signal;

    internal readonly double Line => MacdKernel.Line(_fast.Value, _slow.Value);

    internal readonly double Signal => _signal.Value;

    internal void Commit(double close, int fast, int slow, int signal)
    {
        _fast.Commit(close, fast);
        _slow.Commit(close, slow);
        if (_slow.IsReady(slow)) _signal.Commit(Line, signal);
    }
}
