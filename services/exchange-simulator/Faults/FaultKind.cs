namespace CryptoScreener.ExchangeSimulator.Faults;

/// <summary>What can go wrong on purpose. README.md says what each does and which settings it takes.</summary>
internal enum FaultKind
{
    // Connections.
    Drop,
    HalfOpen,
    Cut,
    ServerShutdown,
    Refuse,

    // Frames.
    Stall,
    OmitClosing,
    DuplicateClosing,
    LateClosing,
    Reorder,
    Malformed,
    Truncated,
    Absurd,

    // Answers and clocks.
    Correct,
    RestError,
    SlowRest,
    ClockSkew,

    // The market itself.
    List,
    Delist,
}
