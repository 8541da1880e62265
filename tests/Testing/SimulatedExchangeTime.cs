using System.Globalization;
using CryptoScreener.LocalServers.Stack;

namespace CryptoScreener.Testing;

/// <summary>The time of a running screener's simulated exchange.</summary>
public static class SimulatedExchangeTime
{
    private static readonly HttpClient Http = new();

    /// <summary>So many simulated seconds in a real one from now on, with as many updates as before; 0 stops.</summary>
    public static async Task SetSpeedAsync(this LocalScreener stack, int speed)
    {
        using var answer = await Http.PostAsync(new Uri(stack.SimulatorApi!, string.Create(CultureInfo.InvariantCulture, $"/sim/time?speed={speed}")), content: null);
        answer.EnsureSuccessStatusCode();
    }
}
