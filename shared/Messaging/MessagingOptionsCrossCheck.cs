using CryptoScreener.Messaging.Connection;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Messaging;

/// <summary>What attributes cannot say. All that is wrong is said at once.</summary>
internal sealed class MessagingOptionsCrossCheck : IValidateOptions<MessagingOptions>
{
    public ValidateOptionsResult Validate(string? name, MessagingOptions options)
    {
        var errors = Addresses(options.Url)
            .Where(address => !IsAddress(address))
            .Select(address => $"{MessagingOptions.Section}:Url holds '{BusUrl.WithoutSecrets(address)}'; write nats://host:4222 or tls://host:4222, several with commas.")
            .Concat(Addresses(options.Url)
                .Where(IsWithoutUser)
                .Select(address => $"{MessagingOptions.Section}:Url holds a password without a user for '{BusUrl.WithoutSecrets(address)}'; write nats://user:password@host:4222 or nats://token@host:4222."))
            .Concat(new[] { options.CaFile, options.CertFile, options.KeyFile }
                .Where(file => !string.IsNullOrEmpty(file) && !File.Exists(file))
                .Select(file => $"{MessagingOptions.Section}: the file '{file}' is not there."))
            .Concat(NamesAnInbox(options.Username)
                ? []
                : [$"{MessagingOptions.Section}:Username '{options.Username}' names the subject of the answers too; use letters, digits, '-' and '_'."])
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool NamesAnInbox(string? username) =>
        string.IsNullOrEmpty(username) || username.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    // An empty one counts: the client would look for a server on this machine, and all for a comma too many.
    private static string[] Addresses(string? url) => string.IsNullOrWhiteSpace(url) ? [] : url.Split(',', StringSplitOptions.TrimEntries);

    private static bool IsAddress(string text) =>
        Read(text) is { Scheme: "nats" or "tls", Host.Length: > 0, HostNameType: not UriHostNameType.Basic }; // Basic: no host name, its port still in it

    private static bool IsWithoutUser(string text) => Read(text)?.UserInfo.StartsWith(':') == true;

    private static Uri? Read(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"nats://{text}", UriKind.Absolute, out var address) ? address : null;
}
