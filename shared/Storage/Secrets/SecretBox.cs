using System.Security.Cryptography;
using System.Text;

namespace CryptoScreener.Storage.Secrets;

/// <summary>
/// Seals what must not be readable in a stolen database: AES-256-GCM under the first key of <c>Storage:SecretKeys</c>. The others
/// still open what they sealed, so keys can be changed without a stop. Without keys nothing is sealed.
/// </summary>
public sealed class SecretBox
{
    private const string Version = "sealed.v1";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly List<(string Id, byte[] Key)> _keys;

    /// <param name="keys">As <c>id:base64</c>, the current one first.</param>
    public SecretBox(IEnumerable<string> keys) =>
        _keys = [.. keys.Select(key => Parse(key) ?? throw new FormatException(Explain(key)))];

    public bool HasKeys => _keys.Count > 0;

    /// <summary>What is wrong with a key of the configuration; null when nothing. Never shows the key.</summary>
    public static string? ErrorOf(string key) => Parse(key) is null ? Explain(key) : null;

    /// <param name="context">What the text belongs to: sealed, it cannot be moved to another place.</param>
    public string Seal(string text, string context)
    {
        if (_keys.Count == 0) return text;
        var (id, key) = _keys[0];
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), Encoding.UTF8.GetBytes(context));
        return $"{Version}.{id}.{Convert.ToBase64String(box)}";
    }

    /// <summary>Opens what was sealed; what never was is given back as it is.</summary>
    /// <exception cref="StorageException">The key is not there, or the text was changed or moved.</exception>
    public string Open(string text, string context)
    {
        if (!text.StartsWith(Version + ".", StringComparison.Ordinal)) return text;
        var parts = text.Split('.', 4);
        var key = _keys.Find(known => parts.Length == 4 && known.Id == parts[2]).Key
            ?? throw new StorageException($"It was sealed with the key '{parts.ElementAtOrDefault(2)}', which Storage:SecretKeys does not hold.");
        try
        {
            var box = Convert.FromBase64String(parts[3]);
            var plain = new byte[box.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(
                box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), plain, Encoding.UTF8.GetBytes(context));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or OverflowException)
        {
            throw new StorageException($"It cannot be opened with the key '{parts[2]}': the key has changed under its name, or the text was changed or moved.");
        }
    }

    public bool CanOpen(string text, string context)
    {
        try
        {
            Open(text, context);
            return true;
        }
        catch (StorageException)
        {
            return false;
        }
    }

    /// <summary>How everything begins that was sealed under the current key; only with keys.</summary>
    public string CurrentPrefix => $"{Version}.{_keys[0].Id}.";

    private static (string Id, byte[] Key)? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var key = new byte[KeyBytes];
        return colon > 0 && !text[..colon].Contains('.', StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[(colon + 1)..], key, out var length) && length == KeyBytes
                ? (text[..colon], key)
                : null;
    }

    private static string Explain(string key)
    {
        var name = key.Split(':')[0];
        return $"Storage:SecretKeys: the key '{(name.Length < 20 ? name : "…")}' is not a name, a colon and 32 random bytes in base64; "
            + "make one with: echo k1:$(openssl rand -base64 32)";
    }
}
