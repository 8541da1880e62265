using System.Security.Cryptography;

namespace CryptoScreener.ApiGateway.Auth.Tokens;

/// <summary>
/// A key that verifies one algorithm and no other: a token cannot choose to have a public key taken for a shared secret.
/// </summary>
internal sealed class JwtKey
{
    private const int Es256SignatureBytes = 64;
    private readonly byte[]? _secret;
    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;
    private readonly Lock _one = new(); // the platform's key objects do not promise to serve several threads

    private JwtKey(string? kid, string algorithm, byte[]? secret = null, RSA? rsa = null, ECDsa? ecdsa = null) =>
        (Kid, Algorithm, _secret, _rsa, _ecdsa) = (kid, algorithm, secret, rsa, ecdsa);

    /// <summary>Null when the key has no name.</summary>
    public string? Kid { get; }

    public string Algorithm { get; }

    public static JwtKey Of(string? kid, byte[] secret) => new(kid, JwtAlgorithms.Hs256, secret: secret);

    public static JwtKey Of(string? kid, RSA key) => new(kid, JwtAlgorithms.Rs256, rsa: key);

    public static JwtKey Of(string? kid, ECDsa key) => new(kid, JwtAlgorithms.Es256, ecdsa: key);

    public bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (_secret is not null) return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_secret, signed), signature);
        lock (_one)
        {
            return _rsa is not null
                ? _rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                : signature.Length == Es256SignatureBytes && _ecdsa!.VerifyData(signed, signature, HashAlgorithmName.SHA256);
        }
    }
}
