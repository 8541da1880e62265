namespace CryptoScreener.EndToEndTests.Soak;

/// <summary>How a process's holdings went. The first quarter warms up and does not count.</summary>
internal sealed class Trend(IReadOnlyList<ResourceSample> samples)
{
    /// <summary>From the second quarter's middle to the last one's: medians, because connections come and go.</summary>
    public double GrownHandles => Median(Quarter(3), sample => sample.Handles) - Median(Quarter(1), sample => sample.Handles);

    public double Megabytes => Median(samples, sample => sample.Megabytes);

    public double Handles => Median(samples, sample => sample.Handles);

    /// <summary>The slope of the straight line that fits best.</summary>
    public double MegabytesPerHour
    {
        get
        {
            var counted = Counted;
            if (counted.Count < 2) return 0;
            var (hours, megabytes) = (counted.Average(sample => sample.At.TotalHours), counted.Average(sample => sample.Megabytes));
            var spread = counted.Sum(sample => Math.Pow(sample.At.TotalHours - hours, 2));
            return spread == 0 ? 0 : counted.Sum(sample => (sample.At.TotalHours - hours) * (sample.Megabytes - megabytes)) / spread;
        }
    }

    private List<ResourceSample> Counted => [.. samples.Skip(samples.Count / 4)];

    private double CountedHours => Counted is [var first, .., var last] ? (last.At - first.At).TotalHours : 0;

    /// <summary>What grew more than it may.</summary>
    /// <param name="mostPerHour">The steepest slope, in MB.</param>
    /// <param name="breath">So much lies between two looks at a heap in peace, or in caches with a bound of their own: a slope that has not moved more than that is none.</param>
    public IEnumerable<string> Objections(string process, double mostPerHour, double breath)
    {
        if (MegabytesPerHour > mostPerHour && MegabytesPerHour * CountedHours > breath)
            yield return FormattableString.Invariant($"{process} grows by {MegabytesPerHour:0.0} MB an hour, at most {mostPerHour:0} are allowed");
        if (GrownHandles > 10 + (Handles / 10)) yield return FormattableString.Invariant($"{process} has {GrownHandles:0} handles more than it had");
    }

    private IReadOnlyList<ResourceSample> Quarter(int number) => [.. samples.Skip(samples.Count * number / 4).Take(Math.Max(1, samples.Count / 4))];

    private static double Median(IReadOnlyList<ResourceSample> some, Func<ResourceSample, double> of) => some.Select(of).Order().ElementAt(some.Count / 2);
}
