using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace CryptoScreener.ApiGateway.Auth.Tokens;

/// <summary>
/// A JSON Web Key Set (RFC 7517). Keys of other kinds or uses are passed over; shared secrets are not taken from a set, because
/// what is published is no secret.
/// </summary>
internal static class JwksReader
{
    /// <exception cref="FormatException">It is no key set.</exception>
    public static List<JwtKey> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
                throw new FormatException("it has no list 'keys'");
            return [.. keys.EnumerateArray().Select(TryRead).OfType<JwtKey>()];
        }
        catch (JsonException e)
        {
            throw new FormatException("it is no JSON", e);
        }
    }

    private static JwtKey? TryRead(JsonElement key)
    {
        try
        {
            return key.ValueKind == JsonValueKind.Object && (Text(key, "use") ?? "sig") == "sig" ? Of(key) : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null; // one bad key does not take the others away
        }
    }

    private static JwtKey? Of(JsonElement key) => (Text(key, "kty"), Text(key, "alg"), Text(key, "crv")) switch
    {
        ("RSA", null or JwtAlgorithms.Rs256, _) => JwtKey.Of(
            Text(key, "kid"), JwtKeyReader.Checked(RSA.Create(new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") }))),
        ("EC", null or JwtAlgorithms.Es256, "P-256") => JwtKey.Of(
            Text(key, "kid"),
            JwtKeyReader.Checked(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") } }))),
        _ => null,
    };

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] Bytes(JsonElement key, string name) =>
        Base64Url.DecodeFromChars(Text(key, name) ?? throw new FormatException($"'{name}' is missing"));
}
