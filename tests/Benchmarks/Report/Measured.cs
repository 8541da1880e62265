namespace CryptoScreener.Benchmarks.Report;

/// <summary>One figure of one run, beside what it should at least and at best be.</summary>
/// <param name="Of">What was run, for instance <c>800 instruments</c>.</param>
internal sealed record Measured(string What, string Of, double Value, string Unit, double? Floor = null, double? Goal = null, bool IsMoreBetter = false)
{
    /// <summary>The promised number that this answers, if any.</summary>
    public string? Row { get; init; }

    /// <summary>The same measure of something else in the same run; the ratio to it holds on any machine.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>The most that the ratio may be; null bounds nothing.</summary>
    public double? MaxRatio { get; init; }

    /// <summary>The machine's load average of a minute when this was noted: absolute figures mean little without it.</summary>
    public string Load { get; init; } = "";

    public double? Ratio => Value / Baseline?.Value;

    public string Verdict => this switch
    {
        { MaxRatio: { } most } when Ratio > most => "over budget",
        { MaxRatio: not null } => "within budget",
        { Floor: null, Goal: null } => "",
        _ when Reaches(Goal ?? Floor!.Value) => "goal",
        { Floor: null } => "below goal",
        _ when Reaches(Floor.Value) => "floor",
        _ => "below floor",
    };

    /// <summary>A command that measured such a thing ends as a failure, once it has measured the rest.</summary>
    public bool IsFailed => Verdict is "below floor" or "over budget";

    private bool Reaches(double limit) => IsMoreBetter ? Value >= limit : Value <= limit;
}

/// <param name="Name">What it is, for instance <c>raw COPY</c>.</param>
internal sealed record Baseline(string Name, double Value);
