namespace CryptoScreener.Benchmarks.Report;

/// <summary>One figure of one run, beside what it should at least and at best be.</summary>
/// <param name="Of">What was run, for instance <c>800 instruments</c>.</param>
internal sealed record Measured(string What, string Of, double Value, string Unit, double? Floor = null, double? Goal = null, bool IsMoreBetter = false)
{
    public string Verdict => this switch
    {
        { Floor: null, Goal: null } => "",
        _ when Reaches(Goal ?? Floor!.Value) => "goal",
        { Floor: null } => "below goal",
        _ when Reaches(Floor.Value) => "floor",
        _ => "below floor",
    };

    private bool Reaches(double limit) => IsMoreBetter ? Value >= limit : Value <= limit;
}
