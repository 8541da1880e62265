namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>A server that tells every connected client of the same market: ours, or one to compare with.</summary>
internal interface IFanOut : IAsyncDisposable
{
    string Name { get; }

    int ProcessId { get; }

    Uri Socket { get; }

    /// <summary>What a client says before it is told anything.</summary>
    byte[] Hello { get; }

    /// <summary>How many messages come before the first update.</summary>
    int Greetings { get; }

    /// <summary>One round of news; every row's last number is the time of the call in unix ms.</summary>
    Task TellAsync();
}
