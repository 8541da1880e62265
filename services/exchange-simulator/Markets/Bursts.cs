namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>
/// Pumps in three stairs that end in a dump, and their mirror images. Every instrument has one in each span of minutes, at a place
/// that spreads them evenly over the market: with 50 or more instruments a stair begins about every minute, so that alert rules
/// have something to find. Outside its burst an instrument is where its own walk has it.
/// </summary>
internal readonly struct Bursts
{
    private const int ShortestSpan = 90;
    private const int LongestSpan = 240;
    private const double UpwardShare = 0.72;
    private const int Shift = 7;
    private readonly ulong _key;
    private readonly int _place;
    private readonly int _span;

    public Bursts(ulong key, int index, int instruments)
    {
        _key = key;
        _span = Math.Clamp(instruments, ShortestSpan, LongestSpan);
        _place = instruments < _span ? index * _span / instruments : index;
    }

    /// <summary>Adds log price to the marks and a factor to the volumes of the hour that begins at <paramref name="firstMinute"/>.</summary>
    public void AddHour(long firstMinute, Span<double> marks, Span<double> volumes)
    {
        var last = (firstMinute + volumes.Length - Burst.Begin) / _span;
        for (var span = (firstMinute - Burst.End) / _span; span <= last; span++)
        {
            var burst = Draw(span);
            for (var i = 0; i < marks.Length; i++) marks[i] += burst.Size * Burst.Height(firstMinute + i - burst.Start);
            for (var i = 0; i < volumes.Length; i++) volumes[i] *= 1 + (burst.Volume * Burst.Interest(firstMinute + i - burst.Start));
        }
    }

    private Burst Draw(long span)
    {
        // Not a random place: two bursts in a row would make each other invisible to rules that look back an hour.
        var rotation = span * Shift;
        var size = 0.05 + (0.06 * Math.Pow(Mix.Uniform(_key, span * 4), 4));
        var direction = Mix.Uniform(_key, (span * 4) + 1) < UpwardShare ? 1 : -1;
        return new Burst((span * _span) + ((_place + rotation) % _span), direction * size, 7 + (9 * Mix.Uniform(_key, (span * 4) + 2)));
    }
}
