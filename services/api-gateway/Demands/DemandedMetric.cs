using CryptoScreener.Storage.Metrics;

namespace CryptoScreener.ApiGateway.Demands;

/// <summary>A metric that somebody looks at and no calculator has: unknown until one adds it.</summary>
/// <param name="Reason">Why no calculator can calculate it; null unless it is refused.</param>
internal sealed record DemandedMetric(string Name, DemandState State, string? Reason)
{
    public static DemandedMetric Of(string name, Refusal? refusal) => refusal switch
    {
        null => new(name, DemandState.Adding, null),
        { Objection: null } => new(name, DemandState.NoRoom, null),
        { Objection: var reason } => new(name, DemandState.Refused, reason),
    };
}

internal enum DemandState
{
    /// <summary>The calculators were asked for it, or will be when somebody still looks at it in ten seconds; frames bring it within a minute or two.</summary>
    Adding = 0,

    /// <summary>Not calculated for now: what pages may ask for is taken, or this caller has asked for enough within the hour.</summary>
    NoRoom = 1,

    /// <summary>The calculators cannot calculate it: no bars of its timeframe, a window longer than the history that is kept.</summary>
    Refused = 2,
}
