using System.Security.Cryptography;

namespace NATS.Client.Core.Internal;

/// <summary>Names nobody else has: 22 random characters, enough that two never meet.</summary>
internal static class Nuid
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string Next() => RandomNumberGenerator.GetString(Alphabet, 22);
}
