using System.ComponentModel.DataAnnotations;
using System.Net;
using CryptoScreener.AlertEngine.Delivery.Guard;
using CryptoScreener.AlertEngine.Delivery.Webhook;
using Microsoft.Extensions.Options;

namespace CryptoScreener.AlertEngine.Delivery;

/// <summary>Section <c>Delivery</c>.</summary>
internal sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>The operator's own webhook, which gets every built-in rule's alerts.</summary>
    [ValidateObjectMembers]
    public WebhookSettings Webhook { get; set; } = new();

    /// <summary>The mail server, for e-mail endpoints.</summary>
    [ValidateObjectMembers]
    public SmtpSettings Smtp { get; set; } = new();

    /// <summary>How long a receiver may take to answer.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>How many attempts run at once.</summary>
    [Range(1, 10_000)]
    public int Parallel { get; set; } = 512;

    /// <summary>How many of them may go to one endpoint, unless its settings say otherwise.</summary>
    [Range(1, 1_000)]
    public int ParallelPerEndpoint { get; set; } = 16;

    /// <summary>An endpoint that took nothing for so long is switched off.</summary>
    [Range(1, 30)]
    public int DisableAfterDays { get; set; } = 5;

    /// <summary>Networks that are not public and may be delivered to all the same, as <c>10.1.0.0/16</c>. Whoever may add endpoints can reach them.</summary>
    public string[] AllowedNetworks { get; set; } = [];

    /// <summary>Allow http:// too: bodies and tokens then travel in the clear.</summary>
    public bool AllowHttp { get; set; }
}

internal sealed class WebhookSettings
{
    /// <summary>Absent for none.</summary>
    [Url]
    public string? Url { get; set; }

    /// <summary>As Standard Webhooks writes it: <c>whsec_</c> and 24 to 64 random bytes in base64.</summary>
    public string? Secret { get; set; }
}

internal sealed class SmtpSettings
{
    /// <summary>Absent: no e-mail can be sent.</summary>
    public string? Host { get; set; }

    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>Encrypt by STARTTLS.</summary>
    public bool Tls { get; set; } = true;

    public string? User { get; set; }

    public string? Password { get; set; }

    [EmailAddress]
    public string? From { get; set; }
}

[OptionsValidator]
internal sealed partial class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>;

internal sealed class DeliveryCrossCheck : IValidateOptions<DeliveryOptions>
{
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        var errors = Errors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(DeliveryOptions options)
    {
        if (options.Webhook.Url is { } url && !WebhookSignature.IsSecret(options.Webhook.Secret))
            yield return "Delivery:Webhook:Secret must be whsec_ followed by 24 to 64 random bytes in base64; make one with: echo whsec_$(openssl rand -base64 32)";
        if (options.Webhook.Url is { } address && TargetAddress.Error(address, options.AllowHttp) is { } error)
            yield return $"Delivery:Webhook:Url: {error}{(options.AllowHttp ? "" : " (Delivery:AllowHttp=true allows http://)")}.";
        if (options.Smtp is { Host: not null, From: null }) yield return "Delivery:Smtp:From must be the sender's address.";
        foreach (var network in options.AllowedNetworks.Where(network => !IPNetwork.TryParse(network, out _)))
            yield return $"Delivery:AllowedNetworks holds '{network}', which is not a network such as 10.1.0.0/16.";
    }
}
