namespace CryptoScreener.AlertEngine.Delivery;

/// <summary>Messages per second over a while, and how many at once after a pause.</summary>
internal readonly record struct SendRate(double PerSecond, int Burst);
