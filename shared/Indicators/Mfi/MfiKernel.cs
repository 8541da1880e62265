namespace CryptoScreener.Indicators;

internal static class MfiKernel
{
    /// <summary>Adds the flow of a bar to the side to which its typical price moved; neither when it did not move.</summary>
    internal static (double Up, double Down) With((double Up, double Down) flow, double previousTypical, double typical, double volume)
    {
        if (typical > previousTypical) return (flow.Up + (typical * volume), flow.Down);
        return typical < previousTypical ? (flow.Up, flow.Down + (typical * volume)) : flow;
    }

    /// <summary>The flows between bars; as many volumes, of which the first belongs to no flow.</summary>
    internal static (double Up, double Down) Between(in Bars bars, ReadOnlySpan<double> volumes)
    {
        (double Up, double Down) flow = (0, 0);
        var previous = bars.TypicalPrice(0);
        for (var i = 1; i < volumes.Length; i++)
        {
            var typical = bars.TypicalPrice(i);
            flow = With(flow, previous, typical, volumes[i]);
            previous = typical;
        }

        return flow;
    }

    /// <summary>50 when no money flowed either way.</summary>
    internal static double Index((double Up, double Down) flow) =>
        flow.Up + flow.Down > 0 ? flow.Up * 100 / (flow.Up + flow.Down) : 50;
}
