using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CryptoScreener.AlertEngine.Delivery;

/// <summary>Section <c>Delivery</c>.</summary>
internal sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>The operator's own webhook, which gets every built-in rule's alerts.</summary>
    [ValidateObjectMembers]
    public WebhookSettings Webhook { get; set; } = new();

    /// <summary>How long a receiver may take to answer.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 15;

    [Range(1, 1_000)]
    public int Parallel { get; set; } = 32;
}

internal sealed class WebhookSettings
{
    /// <summary>Absent for none.</summary>
    [Url]
    public string? Url { get; set; }

    /// <summary>As Standard Webhooks writes it: <c>whsec_</c> and 24 to 64 random bytes in base64.</summary>
    public string? Secret { get; set; }
}

[OptionsValidator]
internal sealed partial class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>;

internal sealed class WebhookSecretCheck : IValidateOptions<DeliveryOptions>
{
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options) =>
        options.Webhook.Url is null || WebhookSignature.IsSecret(options.Webhook.Secret)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "Delivery:Webhook:Secret must be whsec_ followed by 24 to 64 random bytes in base64; make one with: echo whsec_$(openssl rand -base64 32)");
}
