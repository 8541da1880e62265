namespace CryptoScreener.ApiGateway.Auth.Tokens;

/// <summary>The algorithms that may be switched on; "none" and everything else does not exist here.</summary>
internal static class JwtAlgorithms
{
    public const string Hs256 = "HS256";
    public const string Rs256 = "RS256";
    public const string Es256 = "ES256";

    public static bool IsKnown(string name) => name is Hs256 or Rs256 or Es256;
}
