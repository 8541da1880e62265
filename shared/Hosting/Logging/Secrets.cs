using System.Text.RegularExpressions;

namespace CryptoScreener.Hosting.Logging;

/// <summary>What must never reach a log or a message: known by its name, or by its shape inside a text.</summary>
internal static partial class Secrets
{
    public const string Mask = "[redacted]";

    public static bool IsSecretName(string name) => SecretName().IsMatch(name);

    public static string Clean(string text)
    {
        if (!MightHold(text)) return text;

        text = Assignment().Replace(text, $"$1{Mask}");
        text = UserInfo().Replace(text, $"$1{Mask}@");
        text = Credential().Replace(text, $"$1{Mask}");
        return WebhookPath().Replace(text, $"$1{Mask}");
    }

    // The patterns run on the log thread for every string; almost none of them holds any of these.
    private static bool MightHold(string text) => text.AsSpan().IndexOfAny('=', ':', '_') >= 0 || text.Contains("earer ", StringComparison.Ordinal);

    [GeneratedRegex("passw|pwd|secret|token|api_?key|admin_?key|routing_?key|integration_?key|credential|authorization|signature|connection_?string", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("""((?:passw(?:or)?d|pwd|secret|token|api[_-]?key|signature)"?\s*[=:]\s*)(?!\[redacted\])(?:"[^"]*"|[^\s;&,"}]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(\b[a-z][a-z0-9+.-]*://)[^\s/@]+@", RegexOptions.IgnoreCase)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"((?:bearer|basic)\s+|whsec_|whsk_)(?!\[redacted\])[A-Za-z0-9+/=._~-]{12,}", RegexOptions.IgnoreCase)]
    private static partial Regex Credential();

    // Discord, Slack and Telegram put the credential into the path.
    [GeneratedRegex(@"(/api/webhooks/\d+/|hooks\.slack\.com/(?:services|workflows)/|api\.telegram\.org/bot)(?!\[redacted\])[^\s""?]+", RegexOptions.IgnoreCase)]
    private static partial Regex WebhookPath();
}
