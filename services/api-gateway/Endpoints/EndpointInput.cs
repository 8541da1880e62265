using System.Security.Cryptography;
using CryptoScreener.Rules.Templates;
using CryptoScreener.Storage.Delivery;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>An endpoint as its owner sends it.</summary>
/// <param name="Target">webhook, discord, slack: the address; telegram: the chat; email: addresses, separated by commas; pagerduty: none.</param>
/// <param name="Secret">telegram: the bot's token; pagerduty: the routing key. Webhooks get theirs from us.</param>
internal sealed record EndpointInput(string? Name, string? Kind, string? Target, string? Secret, EndpointChoices? Options)
{
    public static readonly string[] Kinds = ["webhook", "discord", "slack", "telegram", "pagerduty", "email"];
    private const string Telegram = "https://api.telegram.org";
    private const string PagerDuty = "https://events.pagerduty.com";
    private const string Mail = "mailto:";
    private const int SecretBytes = 32;

    public static string NewSecret() => $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes))}";

    public Dictionary<string, string[]> Errors(bool isNew)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 100) errors["name"] = ["must be a text of 1 to 100 characters"];
        if (isNew && !Kinds.Contains(Kind)) errors["kind"] = [$"must be one of {string.Join(", ", Kinds)}"];
        if (Secret is { Length: 0 or > 500 }) errors["secret"] = ["must be a text of 1 to 500 characters"];
        if (Options is { } o) CheckOptions(o, errors);
        return errors;
    }

    /// <summary>What a target of this kind must be, and is not; null when all is well.</summary>
    public static string? TargetError(string kind, string? target, string? secret, EndpointChoices options) => kind switch
    {
        "webhook" or "discord" or "slack" => AddressError(target),
        "telegram" when string.IsNullOrEmpty(secret) => "needs the bot's token in 'secret'",
        "telegram" when string.IsNullOrEmpty(target ?? options.ChatId) => "must be the chat to write to",
        "pagerduty" when string.IsNullOrEmpty(secret) => "needs the integration's routing key in 'secret'",
        "email" when Addresses(target, options) is not { Count: > 0 and <= 20 } to || to.Any(address => !IsMailAddress(address)) => "must be 1 to 20 mail addresses, separated by commas",
        _ => null,
    };

    /// <summary>A new one.</summary>
    public Endpoint Define(string id, string? owner, string kind) => new()
    {
        Id = id,
        Owner = owner,
        Name = Name!.Trim(),
        Kind = kind,
        Url = kind switch { "telegram" => Telegram, "pagerduty" => PagerDuty, "email" => Mail, _ => Target ?? "" },
        Secrets = kind switch
        {
            "webhook" => [NewSecret()],
            "telegram" or "pagerduty" => Secret is not null ? [Secret] : [],
            _ => [],
        },
        Settings = SettingsOf(kind),
    };

    /// <summary>What it changes of one that is there: what is absent stays.</summary>
    public EndpointChange Change(string kind) => new(
        Name!.Trim(),
        SettingsOf(kind),
        Url: kind is "webhook" or "discord" or "slack" ? Target : null,
        Secrets: kind is "telegram" or "pagerduty" && Secret is not null ? [Secret] : null,
        KeepsReceivers: Target is null && kind is ("telegram" or "email"));

    private string SettingsOf(string kind)
    {
        var options = Options ?? EndpointChoices.None;
        return (options with
        {
            ChatId = kind == "telegram" ? Target ?? options.ChatId : null,
            To = kind == "email" ? Addresses(Target, options) : null,
        }).ToJson();
    }

    /// <summary>What lists and the audit log show of where it goes: never what lets others write there, which a path does as well as a query.</summary>
    public static string TargetOf(Endpoint endpoint) => endpoint.Kind switch
    {
        "telegram" => EndpointChoices.Parse(endpoint.Settings).ChatId ?? "",
        "email" => string.Join(", ", EndpointChoices.Parse(endpoint.Settings).To ?? []),
        "pagerduty" => "PagerDuty",
        _ => AddressOf(endpoint) is { } uri ? uri.GetLeftPart(UriPartial.Authority) + (uri.PathAndQuery == "/" ? "/" : "/…") : "",
    };

    private static void CheckOptions(EndpointChoices o, Dictionary<string, string[]> errors)
    {
        if (o.MaxAgeSeconds is <= 0) errors["options.max_age_seconds"] = ["must be above 0"];
        if (o.RatePerSecond is { } rate && !(rate is > 0 and <= 5_000)) errors["options.rate_per_second"] = ["must be above 0 and at most 5000"];
        if (o.Concurrency is < 1 or > 1_000) errors["options.concurrency"] = ["must be from 1 to 1000"];
        if (o.Template is { } template && TemplateError(template) is { } wrong) errors["options.template"] = [wrong];
    }

    // By the parser that will render it: what is saved can be sent.
    private static string? TemplateError(string template)
    {
        try
        {
            Template.Parse(template);
            return null;
        }
        catch (TemplateException e)
        {
            return e.Message;
        }
    }

    private static Uri? AddressOf(Endpoint endpoint) => Uri.TryCreate(endpoint.Url, UriKind.Absolute, out var uri) ? uri : null;

    private static string? AddressError(string? target) => Uri.TryCreate(target, UriKind.Absolute, out var uri) && target!.Length <= 2_000 && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        ? uri.UserInfo.Length > 0 ? "must not hold a user name or password" : null
        : "must be an address that begins with https://";

    private static List<string> Addresses(string? target, EndpointChoices options) =>
        target is null ? [.. options.To ?? []] : [.. target.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static bool IsMailAddress(string? text) => text is { Length: > 0 and <= 254 } && System.Net.Mail.MailAddress.TryCreate(text, out var address) && address.Address == text;
}
