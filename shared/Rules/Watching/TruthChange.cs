namespace CryptoScreener.Rules.Watching;

/// <summary>A rule's condition has another truth than at the frame before.</summary>
/// <param name="Rule">Its number in <see cref="WatchIndex.Rules"/>.</param>
public readonly record struct TruthChange(int Rule, Truth Truth);
