using System.Security.Cryptography;
using System.Text;

namespace CryptoScreener.Storage.Alerts;

/// <summary>An alert that shall go to an endpoint, at once or later (escalation).</summary>
public sealed record NewDelivery(string AlertId, string EndpointId, TimeSpan Delay = default)
{
    private const int Bytes = 16;

    /// <summary>Made from what it is: recording an alert again gives the same delivery, and receivers see one id over all attempts.</summary>
    public string Id { get; } =
        $"msg_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{AlertId}\n{EndpointId}")).AsSpan(0, Bytes))}";
}
