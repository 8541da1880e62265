using System.Net;
using System.Net.Mail;
using CryptoScreener.Storage.Delivery;
using Microsoft.Extensions.Options;
using Endpoint = CryptoScreener.Storage.Delivery.Endpoint;

namespace CryptoScreener.AlertEngine.Delivery.Email;

/// <summary>E-mail through the operator's own server.</summary>
internal sealed class EmailChannel(IOptions<DeliveryOptions> options) : IChannel
{
    public string Kind => "email";

    public SendRate Rate => new(1, 10);

    public int DigestSize => 100;

    public async Task<Attempt> SendAsync(Endpoint endpoint, EndpointChoices settings, IReadOnlyList<OutgoingAlert> alerts, CancellationToken stop)
    {
        var smtp = options.Value.Smtp;
        if (smtp.Host is null) return Attempt.Failed("no mail server is configured: set Delivery:Smtp:Host");
        if (settings.To is not { Count: > 0 } to) return new Attempt(AttemptOutcome.EndpointGone, Error: "its settings name nobody in to");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        try
        {
            using var mail = EmailMessage.Of(smtp.From!, to, alerts);
            using var client = new SmtpClient(smtp.Host, smtp.Port) { EnableSsl = smtp.Tls };
            if (smtp.User is not null) client.Credentials = new NetworkCredential(smtp.User, smtp.Password);
            await client.SendMailAsync(mail, patience.Token);
            return new Attempt(AttemptOutcome.Delivered);
        }
        catch (SmtpException e)
        {
            return SmtpReply.Judge(e);
        }
        catch (IOException e)
        {
            return Attempt.Failed(e.Message);
        }
        catch (FormatException e)
        {
            return new Attempt(AttemptOutcome.EndpointGone, Error: $"an address in its settings cannot be used: {e.Message}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Attempt.Failed($"the mail server did not answer within {options.Value.TimeoutSeconds} s");
        }
    }
}
