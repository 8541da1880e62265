namespace CryptoScreener.ApiGateway.Demands;

/// <summary>A metric that somebody looks at and no calculator has: unknown until one adds it.</summary>
internal sealed record DemandedMetric(string Name, DemandState State);

internal enum DemandState
{
    /// <summary>The calculators were asked for it, or will be when somebody still looks at it in ten seconds; frames bring it within a minute or two.</summary>
    Adding = 0,

    /// <summary>Not calculated for now: what pages may ask for is taken, or this caller has asked for enough within the hour.</summary>
    NoRoom = 1,
}
