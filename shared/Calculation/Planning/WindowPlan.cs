namespace CryptoScreener.Calculation.Planning;

/// <summary>A sliding window of so many minutes, and the column of the first of its functions.</summary>
/// <param name="ComparesVolumes">Whether the window before it matters.</param>
internal readonly record struct WindowPlan(int Minutes, int Column, bool ComparesVolumes = true);
