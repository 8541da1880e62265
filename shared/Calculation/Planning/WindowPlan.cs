namespace CryptoScreener.Calculation.Planning;

/// <summary>A sliding window of so many minutes, and the column of the first of its functions.</summary>
internal readonly record struct WindowPlan(int Minutes, int Column);
