namespace CryptoScreener.Indicators;

/// <summary>Pivots of a range of prices: (H + L + C) / 3 and 0.382, 0.618 and 1 times the range around it, never rounded.</summary>
public static class FibonacciKernel
{
    /// <summary>In the order of <see cref="Levels"/>.</summary>
    public static readonly IReadOnlyList<IndicatorOutput> Outputs =
    [
        new("fib_pivot", "price", "Fibonacci pivot of the last {0}: (H+L+C)/3"),
        new("fib_r1", "price", "Fibonacci resistance of the last {0}: pivot + 0.382 × range"),
        new("fib_r2", "price", "Fibonacci resistance of the last {0}: pivot + 0.618 × range"),
        new("fib_r3", "price", "Fibonacci resistance of the last {0}: pivot + range"),
        new("fib_s1", "price", "Fibonacci support of the last {0}: pivot − 0.382 × range"),
        new("fib_s2", "price", "Fibonacci support of the last {0}: pivot − 0.618 × range"),
        new("fib_s3", "price", "Fibonacci support of the last {0}: pivot − range"),
    ];

    private const double First = 0.382;
    private const double Second = 0.618;

    public static void Levels(double high, double low, double close, Span<double> levels)
    {
        double pivot = Bar.TypicalPriceOf(high, low, close), range = high - low;
        levels[0] = pivot;
        levels[1] = pivot + (First * range);
        levels[2] = pivot + (Second * range);
        levels[3] = pivot + range;
        levels[4] = pivot - (First * range);
        levels[5] = pivot - (Second * range);
        levels[6] = pivot - range;
    }
}
