using System.Security.Cryptography;
using System.Text;

namespace CryptoScreener.Storage.Alerts;

/// <summary>An alert that shall go to an endpoint, at once (step 0) or later, as an escalation.</summary>
/// <param name="Follows">The alert whose own delivery to this endpoint has to end first; null for none.</param>
public sealed record NewDelivery(string AlertId, string EndpointId, TimeSpan Delay = default, int Step = 0, string? Follows = null)
{
    private const int Bytes = 16;

    /// <summary>Made from what it is: recording an alert again gives the same delivery, and receivers see one id over all attempts.</summary>
    public string Id { get; } = IdOf(Step == 0 ? $"{AlertId}\n{EndpointId}" : $"{AlertId}\n{EndpointId}\n{Step}");

    internal static string IdOf(string what) => $"msg_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, Bytes))}";
}
