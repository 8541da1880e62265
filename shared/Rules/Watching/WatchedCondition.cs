namespace CryptoScreener.Rules.Watching;

/// <summary>A compiled condition whose numbers are nodes of the index.</summary>
internal abstract record WatchedCondition;

internal sealed record WatchedAtom(int Node, double Threshold, bool AtLeast) : WatchedCondition;

internal sealed record WatchedJunction(bool All, WatchedCondition[] Parts) : WatchedCondition;
