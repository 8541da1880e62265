using System.Security.Cryptography;

namespace CryptoScreener.ApiGateway.Auth.Tokens;

/// <summary>Keys of the configuration.</summary>
internal static class JwtKeyReader
{
    private const int MinSecretBytes = 32; // RFC 7518: no shorter than the hash
    private const int MinRsaBits = 2048;
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>What is wrong with a key; null when nothing. Never shows the key.</summary>
    public static string? ErrorOf(JwtKeyOptions options)
    {
        try
        {
            Read(options);
            return null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return e is FormatException ? e.Message : $"the public key cannot be read ({e.GetType().Name}): it must be a PEM text.";
        }
    }

    public static JwtKey Read(JwtKeyOptions options)
    {
        var kid = options.Kid.Length == 0 ? null : options.Kid;
        return options.Algorithm switch
        {
            JwtAlgorithms.Hs256 => JwtKey.Of(kid, SecretOf(options)),
            JwtAlgorithms.Rs256 => JwtKey.Of(kid, Checked(FromPem(RSA.Create(), options))),
            JwtAlgorithms.Es256 => JwtKey.Of(kid, Checked(FromPem(ECDsa.Create(), options))),
            _ => throw new FormatException($"the Algorithm '{options.Algorithm}' is none of HS256, RS256 and ES256."),
        };
    }

    public static RSA Checked(RSA key) =>
        key.KeySize >= MinRsaBits ? key : throw new FormatException($"an RSA key needs at least {MinRsaBits} bits.");

    public static ECDsa Checked(ECDsa key) =>
        key.ExportParameters(false).Curve.Oid.Value == P256 ? key : throw new FormatException("a key for ES256 must lie on the curve P-256.");

    private static byte[] SecretOf(JwtKeyOptions options)
    {
        var secret = new byte[options.Secret.Length];
        return Convert.TryFromBase64String(options.Secret, secret, out var length) && length >= MinSecretBytes
            ? secret[..length]
            : throw new FormatException($"the Secret must be at least {MinSecretBytes} random bytes in base64; make one with: openssl rand -base64 {MinSecretBytes}");
    }

    private static T FromPem<T>(T key, JwtKeyOptions options)
        where T : AsymmetricAlgorithm
    {
        key.ImportFromPem(options.PublicKeyFile.Length > 0 ? File.ReadAllText(options.PublicKeyFile) : options.PublicKey);
        return key;
    }
}
