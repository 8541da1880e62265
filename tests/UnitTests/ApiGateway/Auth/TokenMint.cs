using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CryptoScreener.UnitTests.ApiGateway.Auth;

/// <summary>Makes tokens with the platform's primitives alone: it shares no code with what verifies them.</summary>
internal sealed class TokenMint : IDisposable
{
    public const string Issuer = "https://id.example";
    public const string Audience = "cryptoscreener";

    public byte[] Secret { get; } = RandomNumberGenerator.GetBytes(48);

    public RSA Rsa { get; } = RSA.Create(2048);

    public ECDsa Ecdsa { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static Dictionary<string, object> Claims(DateTimeOffset now) => new()
    {
        ["iss"] = Issuer,
        ["aud"] = Audience,
        ["sub"] = "alice",
        ["role"] = "trader",
        ["exp"] = now.ToUnixTimeSeconds() + 300,
    };

    public string Make(string algorithm, object claims, string? kid = null, Func<byte[], byte[]>? sign = null, object? header = null)
    {
        var head = header ?? (kid is null ? new { alg = algorithm, typ = "JWT" } : new { alg = algorithm, typ = "JWT", kid });
        return Sign($"{Part(JsonSerializer.Serialize(head))}.{Part(JsonSerializer.Serialize(claims))}", sign ?? (bytes => SignWith(algorithm, bytes)));
    }

    public static string Sign(string body, Func<byte[], byte[]> sign) => $"{body}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(body)))}";

    public static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    public byte[] SignWith(string algorithm, byte[] bytes) => algorithm switch
    {
        "HS256" => HMACSHA256.HashData(Secret, bytes),
        "RS256" => Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        "ES256" => Ecdsa.SignData(bytes, HashAlgorithmName.SHA256),
        _ => [],
    };

    public void Dispose()
    {
        Rsa.Dispose();
        Ecdsa.Dispose();
    }
}
