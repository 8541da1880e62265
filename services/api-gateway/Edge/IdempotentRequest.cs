using System.Security.Cryptography;
using System.Text;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>
/// A POST with an Idempotency-Key. What it adds gets its id from the request, so that it is found when it is sent again: also when
/// the database went away after it was stored, and the answer was lost with it.
/// </summary>
internal sealed class IdempotentRequest(string owner, string key, byte[] hash)
{
    private const int IdLength = 12;

    private readonly string _digest = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{owner}\n{key}\n"), .. hash]));

    /// <summary>An id for what a request adds; one that nobody had before when it has no key.</summary>
    public static string IdOf(HttpContext http, string prefix) => prefix + (http.Features.Get<IdempotentRequest>()?._digest ?? $"{Guid.NewGuid():N}")[..IdLength];
}
