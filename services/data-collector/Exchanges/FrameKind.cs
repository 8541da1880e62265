namespace CryptoScreener.DataCollector.Exchanges;

/// <summary>What a text frame from an exchange was.</summary>
internal enum FrameKind
{
    Kline,

    /// <summary>An answer to a request, a heartbeat: nothing to do.</summary>
    Control,

    /// <summary>The exchange announces that it will close this connection.</summary>
    GoingAway,

    /// <summary>The exchange said no to something we asked.</summary>
    Error,

    /// <summary>A candle of a symbol that this socket did not ask for.</summary>
    UnknownSymbol,

    /// <summary>Not what its protocol promises.</summary>
    Malformed,
}
