namespace CryptoScreener.Storage.Ownership;

/// <summary>What a worker wants to own.</summary>
/// <param name="Kind">The kind of work, for instance <c>calculator</c>; each kind shares out all partitions.</param>
/// <param name="Owner">Who we are. Different in every process and after every restart; see <see cref="NewOwner"/>.</param>
/// <param name="Partitions">How many partitions the deployment has.</param>
public sealed record LeaseOptions(string Kind, string Owner, int Partitions)
{
    /// <summary>How long a worker that says nothing keeps its partitions.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often it says something.</summary>
    public TimeSpan Heartbeat => TimeToLive / 4;

    /// <summary>A name for this run of this instance: a restarted worker is another owner, its former leases are not its own.</summary>
    public static string NewOwner(string instance) => $"{instance}-{Guid.NewGuid():N}"[..(instance.Length + 9)];
}
