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

    /// <summary>Evaluated → accepted by a receiver, however many attempts that took.</summary>
    Delivered,

    /// <summary>Frame calculated or alert evaluated → written to a client's socket.</summary>
    Sent,

    /// <summary>The closing candle read from the socket → its alert is stored on the bus: what the objective speaks of.</summary>
    CloseToAlert,

    /// <summary>Evaluated → the first attempt at an endpoint is over: what the objective speaks of.</summary>
    AlertToFirstAttempt,
}
