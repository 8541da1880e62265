namespace CryptoScreener.ExchangeSimulator.Sockets;

/// <summary>The close codes that exchanges send.</summary>
internal enum CloseCode : ushort
{
    Normal = 1000,
    GoingAway = 1001,
    PolicyViolation = 1008,
    TooBig = 1009,

    /// <summary>OKX: no data and no ping for too long.</summary>
    SilentClient = 4004,
}
