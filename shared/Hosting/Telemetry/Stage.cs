namespace CryptoScreener.Hosting.Telemetry;

/// <summary>The stages of the pipeline. Each is measured from the one before it, by the times the messages carry.</summary>
public enum Stage
{
    /// <summary>The exchange's event → read from the socket. Holds the difference of the two clocks as well.</summary>
    Received,

    /// <summary>Read from the socket → handed to the bus.</summary>
    Published,

    /// <summary>Read from the socket → its frame is calculated.</summary>
    Calculated,

    /// <summary>Frame calculated → evaluated against all rules.</summary>
    Evaluated,

    /// <summary>Evaluated → its alert is stored on the bus.</summary>
    AlertPublished,

    /// <summary>Evaluated → the first attempt at an endpoint is over.</summary>
    Delivered,

    /// <summary>Frame calculated or alert evaluated → written to a client's socket.</summary>
    Sent,
}
