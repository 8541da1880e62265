namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>
/// A random walk whose value at any time is found without walking there: epochs of 64 days have independent heights, days are
/// a walk tied to the heights at both ends, hours are tied to days and minutes to hours.
/// </summary>
internal readonly struct Bridge(ulong key, double dailyVolatility)
{
    public const int MinutesPerHour = 60;
    private const int DaysPerEpoch = 64;
    private const int HoursPerDay = 24;

    // Neighbouring epochs then differ by what a free walk of 64 days would have moved, and no price ever drifts away.
    private static readonly double EpochHeight = Math.Sqrt(DaysPerEpoch / 2.0);

    private readonly ulong _epochs = Mix.Bits(key, 1);
    private readonly ulong _days = Mix.Bits(key, 2);
    private readonly ulong _hours = Mix.Bits(key, 3);
    private readonly ulong _minutes = Mix.Bits(key, 4);

    /// <summary>Adds the walk at the 61 minute marks of an hour, times <paramref name="weight"/>, to <paramref name="marks"/>.</summary>
    public void AddHour(long hour, double minuteVolatility, double weight, Span<double> marks)
    {
        Span<double> days = stackalloc double[DaysPerEpoch + 1];
        Span<double> hours = stackalloc double[HoursPerDay + 1];
        Span<double> minutes = stackalloc double[MinutesPerHour + 1];
        var day = hour / HoursPerDay;
        var epoch = day / DaysPerEpoch;
        var dayInEpoch = (int)(day - (epoch * DaysPerEpoch));
        var hourInDay = (int)(hour - (day * HoursPerDay));

        Fill(_days, epoch * DaysPerEpoch, Height(epoch), Height(epoch + 1), dailyVolatility, days);
        Fill(_hours, day * HoursPerDay, days[dayInEpoch], days[dayInEpoch + 1], dailyVolatility / Math.Sqrt(HoursPerDay), hours);
        Fill(_minutes, hour * MinutesPerHour, hours[hourInDay], hours[hourInDay + 1], minuteVolatility, minutes);
        for (var i = 0; i < marks.Length; i++) marks[i] += weight * minutes[i];
    }

    private double Height(long epoch) => EpochHeight * dailyVolatility * Mix.Bell(_epochs, epoch);

    private static void Fill(ulong key, long counter, double start, double end, double step, Span<double> marks)
    {
        var steps = marks.Length - 1;
        var walked = 0.0;
        marks[0] = 0;
        for (var i = 1; i <= steps; i++) marks[i] = walked += step * Mix.Bell(key, counter + i);
        var correction = (end - start - walked) / steps;
        for (var i = 0; i <= steps; i++) marks[i] += start + (correction * i);
        marks[steps] = end; // exactly, so that neighbouring spans meet in the same tick
    }
}
