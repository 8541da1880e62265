using System.ComponentModel.DataAnnotations;
using CryptoScreener.Contracts.Bus;

namespace CryptoScreener.Messaging;

/// <summary>Section <c>Messaging</c>: how a worker reaches the bus.</summary>
public sealed class MessagingOptions
{
    public const string Section = "Messaging";

    /// <summary>One or more server addresses, separated by commas.</summary>
    [Required]
    public string Url { get; set; } = "nats://127.0.0.1:4222";

    public string? Username { get; set; }

    public string? Password { get; set; }

    public string? Token { get; set; }

    /// <summary>Certificate authority that signed the server's certificate; setting it demands TLS.</summary>
    public string? CaFile { get; set; }

    /// <summary>Client certificate for mutual TLS.</summary>
    public string? CertFile { get; set; }

    public string? KeyFile { get; set; }

    /// <summary>Fixed for the life of a deployment: leases and checkpoints are kept per partition.</summary>
    [Range(1, Partitioning.MaxCount)]
    public int Partitions { get; set; } = Partitioning.DefaultCount;

    /// <summary>How many servers keep each stream; 3 in a cluster that must survive the loss of one.</summary>
    [Range(1, 5)]
    public int StreamReplicas { get; set; } = 1;

    /// <summary>Byte cap of the CANDLES and of the METRICS stream, in megabytes.</summary>
    [Range(16, 1_000_000)]
    public int StreamMegabytes { get; set; } = 4096;

    /// <summary>
    /// How far back CANDLES and METRICS know what they have stored, in seconds: a publisher may repeat itself so long after it was
    /// stopped. Nothing is doubled or lost beyond it; readers see some messages twice.
    /// </summary>
    [Range(1, 86_400)]
    public int DuplicateWindowSeconds { get; set; } = 1_800;

    /// <summary>How many messages may wait for the bus while it is away; see <see cref="Publishing.StoredPublisher"/>.</summary>
    [Range(100, 10_000_000)]
    public int PublishBuffer { get; set; } = 50_000;
}
