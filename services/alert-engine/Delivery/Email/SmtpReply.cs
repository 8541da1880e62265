using System.Net.Mail;

namespace CryptoScreener.AlertEngine.Delivery.Email;

/// <summary>What a mail server's refusal means: 4yz asks to try again, 5yz is final (RFC 5321, 4.2.1). Pure.</summary>
internal static class SmtpReply
{
    public static Attempt Judge(SmtpException refusal)
    {
        // Of several recipients who were refused, one to be tried again is enough: who had the mail drops it by its Message-ID.
        var codes = refusal is SmtpFailedRecipientsException several ? several.InnerExceptions.Select(one => (int)one.StatusCode) : [(int)refusal.StatusCode];
        var code = codes.Min();
        var error = refusal.InnerException?.Message ?? refusal.Message;
        if (code < 200) return Attempt.Failed(error); // no reply at all
        return new Attempt(IsFinal(code) ? AttemptOutcome.Rejected : AttemptOutcome.Failed, code, error);
    }

    // 530, 534, 535 and 538 refuse our own account: the operator mends that, and the message is as good as before.
    private static bool IsFinal(int code) => code >= 500 && code is not (530 or 534 or 535 or 538);
}
