namespace CryptoScreener.Indicators;

internal sealed class Macd(int fast, int slow, int signal) : RecursiveIndicator<MacdState>
{
    internal static readonly IndicatorEntry Entry = new(
        "macd",
        [
            IndicatorParameter.Period(12, name: "fast"),
            IndicatorParameter.Period(26, name: "slow"),
            IndicatorParameter.Period(9, name: "signal"),
        ],
        [
            new("macd", "price", "Fast less slow exponential average of the close"),
            new("macd_signal", "price", "Exponential average of the MACD line"),
            new("macd_histogram", "price", "MACD line less its signal line"),
        ],
        "",
        p => new Macd((int)p[0], (int)p[1], (int)p[2]));

    private readonly int _longer = Math.Max(fast, slow);
    private readonly int _shorter = Math.Min(fast, slow);

    public override int WarmUp => _longer + signal - 1;

    public override int Outputs => 3;

    protected override void Commit(ref MacdState state, in Bar bar) => state.Commit(bar.Close, _shorter, _longer, signal);

    protected override void Read(in MacdState state, in Bar last, Span<double> values)
    {
        values[0] = state.Line;
        values[1] = state.Signal;
        values[2] = MacdKernel.Histogram(state.Line, state.Signal);
    }

    protected override void Run(in Bars bars, double[][] values) => MacdBatch.Run(bars.Close, _shorter, _longer, signal, values);
}
