using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CryptoScreener.ApiGateway.Edge;

namespace CryptoScreener.ApiGateway.Auth.Tokens;

/// <summary>A token taken apart and not yet believed.</summary>
internal sealed record JwtParts(JsonElement Header, JsonElement Claims, byte[] Signed, byte[] Signature)
{
    private const int MaxLength = 8 * 1024;

    // A name that stands twice means one thing to us and another to the issuer's library.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public static bool LooksLikeOne(string text) => text.AsSpan().Count('.') == 2;

    /// <summary>Null for what is no token.</summary>
    public static JwtParts? TryParse(string text)
    {
        if (text.Length > MaxLength || text.Split('.') is not [var header, var claims, var signature]) return null;
        try
        {
            return new JwtParts(Object(header), Object(claims), Encoding.ASCII.GetBytes(text[..text.LastIndexOf('.')]), Bytes(signature));
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement Object(string part)
    {
        using var document = JsonDocument.Parse(Bytes(part), Strict);
        JsonTexts.Check(document.RootElement);
        return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new FormatException();
    }

    private static byte[] Bytes(string part) =>
        part.AsSpan().ContainsAny(" \t\r\n=") ? throw new FormatException() : Base64Url.DecodeFromChars(part);
}
